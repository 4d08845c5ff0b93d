-- The same rows on every server, by arithmetic alone: one transaction, whatever a scenario has left.
USE patronus;
DROP EVENT IF EXISTS nightly;
BEGIN;
DELETE FROM ledger;
DELETE FROM heartbeat;
DELETE FROM account;
INSERT INTO account WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
  SELECT i, CONCAT('account ', LPAD(i, 6, '0')), MOD(i * 7919, 100000) / 100 FROM n;
COMMIT;
