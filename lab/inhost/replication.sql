-- The application's tables of the replication labs, made once on each server. The caller has set sql_log_bin=0: this
-- is what servers have in common before the first logged transaction. `account` is filled by replication-rows.sql.
DROP DATABASE IF EXISTS patronus;
CREATE DATABASE patronus DEFAULT CHARACTER SET utf8mb4;
USE patronus;
CREATE TABLE account (id INT PRIMARY KEY, name VARCHAR(60) NOT NULL, balance DECIMAL(12,2) NOT NULL) ENGINE=InnoDB;
CREATE TABLE note (id INT PRIMARY KEY, account INT NOT NULL, body VARCHAR(400) NOT NULL, KEY (account)) ENGINE=InnoDB;
-- What the writer writes, 5 000 rows at most
CREATE TABLE ledger (n INT PRIMARY KEY, turn INT NOT NULL, at DATETIME(6) NOT NULL) ENGINE=InnoDB;
-- pt-heartbeat's columns
CREATE TABLE heartbeat (ts VARCHAR(26) NOT NULL, server_id INT UNSIGNED PRIMARY KEY, file VARCHAR(255), position BIGINT UNSIGNED,
  relay_master_log_file VARCHAR(255), exec_master_log_pos BIGINT UNSIGNED) ENGINE=InnoDB;
INSERT INTO note WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
  SELECT (b.i - 1) * 1000 + a.i, a.i, RPAD(CONCAT('note ', a.i, ' of ', b.i, ' '), 300, 'all that was said of it ')
  FROM n AS a JOIN n AS b ON b.i <= 8;
