-- Run once, by the image of PostgreSQL, when it makes a new database. The service gets a role that owns the database and
-- may make the one that serves requests (docs/adr/0004), and is no superuser. The superuser has no password: it is let in
-- from within the container alone.
\getenv password POSTGRES_PASSWORD
CREATE ROLE todo LOGIN CREATEROLE PASSWORD :'password';
ALTER DATABASE todo OWNER TO todo;
ALTER ROLE postgres PASSWORD NULL;
