-- InfluxDB 1 sends each point that is written to the database "telegraf" to `oddity live --listen 127.0.0.1:8186`, too.
-- influx -execute "$(cat influxdb.sql)"
--
-- What it cannot deliver it drops, so keep Oddity running (oddity-live.service). It sends up to forty bodies at once, which
-- may overtake each other where points are written in a hurry: `write-concurrency = 1` in the section [subscriber] of
-- influxdb.conf keeps their order.
CREATE SUBSCRIPTION "oddity" ON "telegraf"."autogen" DESTINATIONS ANY 'http://127.0.0.1:8186';
