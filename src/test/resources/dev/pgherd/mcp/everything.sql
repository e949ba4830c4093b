COMMENT ON SCHEMA sales IS 'what is sold';
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, "Full Name" text DEFAULT 'n/a',
  mood mood DEFAULT 'ok', age positive, loud text GENERATED ALWAYS AS (upper(email)) STORED,
  CONSTRAINT adult CHECK (age >= 18));
COMMENT ON TABLE customers IS 'who buys';
COMMENT ON COLUMN customers.email IS 'where the bill goes';
CREATE UNIQUE INDEX customers_lower ON customers (lower(email)) WHERE age > 20;
CREATE TABLE sales.customers (id int);
CREATE TABLE sales.orders (
  id int, line int, customer_id bigint REFERENCES customers ON DELETE CASCADE, PRIMARY KEY (id, line));
CREATE TABLE sales."Order.Items" ("a.b" int, "order" int);
CREATE TABLE sales."user" (id int);
CREATE VIEW sales.late AS SELECT * FROM sales.orders;
CREATE MATERIALIZED VIEW sales.totals AS SELECT count(*) AS orders FROM sales.orders;
CREATE TABLE events (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')
  PARTITION BY LIST (id);
CREATE TABLE events_2021_1 PARTITION OF events_2021 FOR VALUES IN (1);
INSERT INTO events SELECT g, '2020-05-05' FROM generate_series(1, 300) g;
INSERT INTO events VALUES (1, '2021-05-05');
ANALYZE events;
CREATE FUNCTION total_of(customer bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
CREATE TABLE many AS SELECT 1 AS id;
