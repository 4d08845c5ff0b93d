-- The application's tables. Same on MySQL and MariaDB.
CREATE TABLE customers (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  code CHAR(9) CHARACTER SET ascii NOT NULL,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(160) NOT NULL,
  address VARCHAR(160) NOT NULL,
  postcode CHAR(5) CHARACTER SET ascii NOT NULL,
  city VARCHAR(60) NOT NULL,
  created_at DATETIME NOT NULL,
  notes TEXT NOT NULL,
  UNIQUE KEY code (code),
  KEY email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE orders (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  reference CHAR(15) CHARACTER SET ascii NOT NULL,
  status ENUM('draft', 'confirmed', 'shipped', 'invoiced', 'paid', 'cancelled') NOT NULL,
  amount DECIMAL(10, 2) NOT NULL,
  created_at DATETIME NOT NULL,
  comment VARCHAR(500) NOT NULL,
  UNIQUE KEY reference (reference),
  KEY customer (customer_id),
  KEY created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE order_lines (
  order_id INT UNSIGNED NOT NULL,
  line_no TINYINT UNSIGNED NOT NULL,
  sku CHAR(8) CHARACTER SET ascii NOT NULL,
  label VARCHAR(80) NOT NULL,
  quantity SMALLINT UNSIGNED NOT NULL,
  unit_price DECIMAL(8, 2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE documents (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  path VARCHAR(255) NOT NULL,
  mime VARCHAR(90) CHARACTER SET ascii NOT NULL,
  size BIGINT UNSIGNED NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii NOT NULL,
  modified_at DATETIME NOT NULL,
  UNIQUE KEY path (path),
  KEY customer (customer_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- written by every page; the application keeps the newest 20 000
CREATE TABLE visits (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token CHAR(16) CHARACTER SET ascii NOT NULL,
  host VARCHAR(64) NOT NULL,
  visited_at DATETIME(6) NOT NULL,
  KEY token (token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
