import type { StubExtension } from '../../platform/platform.js'
import { ownSchema, stubFunctions } from './stub-function.js'

/** Jobs are written down, and never run. */
export const cron: StubExtension = {
  name: 'pg_cron',
  isRelocatable: false,
  script: `${ownSchema('cron')}
CREATE TABLE cron.job (
  jobid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, schedule text NOT NULL, command text NOT NULL,
  nodename text NOT NULL DEFAULT 'localhost', nodeport integer NOT NULL DEFAULT 5432,
  database text NOT NULL DEFAULT current_database(), username text NOT NULL DEFAULT current_user,
  active boolean NOT NULL DEFAULT true, jobname text UNIQUE);
CREATE TABLE cron.job_run_details (
  jobid bigint, runid bigint PRIMARY KEY, job_pid integer, database text, username text, command text, status text,
  return_message text, start_time timestamptz, end_time timestamptz);
CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO cron.job (jobname, schedule, command) VALUES (job_name, schedule, command)
  ON CONFLICT (jobname) DO UPDATE SET schedule = excluded.schedule, command = excluded.command RETURNING jobid $$;
CREATE FUNCTION cron.schedule(schedule text, command text) RETURNS bigint LANGUAGE sql AS
  $$ SELECT cron.schedule(NULL, schedule, command) $$;
CREATE FUNCTION cron.schedule_in_database(
  job_name text, schedule text, command text, database text, username text DEFAULT NULL, active boolean DEFAULT true)
  RETURNS bigint LANGUAGE sql AS $$ SELECT cron.schedule(job_name, schedule, command) $$;
CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean LANGUAGE sql AS
  $$ WITH gone AS (DELETE FROM cron.job WHERE jobid = job_id RETURNING 1) SELECT EXISTS (SELECT FROM gone) $$;
CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE sql AS
  $$ WITH gone AS (DELETE FROM cron.job WHERE jobname = job_name RETURNING 1) SELECT EXISTS (SELECT FROM gone) $$;
${stubFunctions('alter_job(job_id bigint, schedule text DEFAULT NULL, command text DEFAULT NULL, database text DEFAULT NULL, username text DEFAULT NULL, active boolean DEFAULT NULL) returns void', 'cron.')}`,
}

/** Nothing is sent: every request gets a number. */
export const net: StubExtension = {
  name: 'pg_net',
  isRelocatable: false,
  script: `${ownSchema('net')}
CREATE TABLE net.http_request_queue (
  id bigserial PRIMARY KEY, method text NOT NULL, url text NOT NULL, headers jsonb, body bytea,
  timeout_milliseconds integer NOT NULL DEFAULT 5000);
CREATE TABLE net._http_response (
  id bigint, status_code integer, content_type text, headers jsonb, content text, timed_out boolean, error_msg text,
  created timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION net.http_get(
  url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000)
  RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('net.http_request_queue_id_seq') $$;
CREATE FUNCTION net.http_post(
  url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}',
  timeout_milliseconds integer DEFAULT 5000)
  RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('net.http_request_queue_id_seq') $$;
CREATE FUNCTION net.http_delete(
  url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000,
  body jsonb DEFAULT NULL)
  RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('net.http_request_queue_id_seq') $$;
GRANT USAGE ON SCHEMA net TO anon, authenticated, service_role, postgres;`,
}

/** Queues are tables, since migrations put row-level security on them; nothing is read from them. */
export const pgmq: StubExtension = {
  name: 'pgmq',
  isRelocatable: false,
  script: `${ownSchema('pgmq')}
CREATE TYPE pgmq.message_record AS (
  msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb, headers jsonb);
CREATE TYPE pgmq.queue_record AS (queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz);
CREATE TYPE pgmq.metrics_result AS (
  queue_name text, queue_length bigint, newest_msg_age_sec int, oldest_msg_age_sec int, total_messages bigint,
  scrape_time timestamptz, queue_visible_length bigint);
CREATE TABLE pgmq.meta (
  queue_name varchar PRIMARY KEY, is_partitioned boolean NOT NULL DEFAULT false,
  is_unlogged boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION pgmq.create(queue_name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE prefix text;
BEGIN
  INSERT INTO pgmq.meta VALUES (queue_name) ON CONFLICT DO NOTHING;
  FOREACH prefix IN ARRAY ARRAY['q_', 'a_'] LOOP
    EXECUTE format('CREATE TABLE IF NOT EXISTS pgmq.%I (msg_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, '
      'read_ct int NOT NULL DEFAULT 0, enqueued_at timestamptz NOT NULL DEFAULT now(), '
      'vt timestamptz NOT NULL DEFAULT now(), message jsonb, headers jsonb)', prefix || lower(queue_name));
  END LOOP;
END $$;
CREATE FUNCTION pgmq.create_unlogged(queue_name text) RETURNS void LANGUAGE sql AS $$ SELECT pgmq.create(queue_name) $$;
CREATE FUNCTION pgmq.create_non_partitioned(queue_name text) RETURNS void LANGUAGE sql AS $$ SELECT pgmq.create(queue_name) $$;
CREATE FUNCTION pgmq.create_partitioned(
  queue_name text, partition_interval text DEFAULT '10000', retention_interval text DEFAULT '100000')
  RETURNS void LANGUAGE sql AS $$ SELECT pgmq.create(queue_name) $$;
CREATE FUNCTION pgmq.drop_queue(queue_name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP TABLE IF EXISTS pgmq.%I, pgmq.%I', 'q_' || lower(queue_name), 'a_' || lower(queue_name));
  DELETE FROM pgmq.meta m WHERE m.queue_name = drop_queue.queue_name;
  RETURN FOUND;
END $$;
${stubFunctions(
  `
send(queue_name text, msg jsonb) returns setof bigint
send(queue_name text, msg jsonb, delay integer) returns setof bigint
send(queue_name text, msg jsonb, headers jsonb) returns setof bigint
send_batch(queue_name text, msgs jsonb[]) returns setof bigint
send_batch(queue_name text, msgs jsonb[], delay integer) returns setof bigint
read(queue_name text, vt integer, qty integer, conditional jsonb DEFAULT '{}') returns setof pgmq.message_record
read_with_poll(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 5, poll_interval_ms integer DEFAULT 100, conditional jsonb DEFAULT '{}') returns setof pgmq.message_record
pop(queue_name text) returns setof pgmq.message_record
delete(queue_name text, msg_id bigint) returns boolean
delete(queue_name text, msg_ids bigint[]) returns setof bigint
archive(queue_name text, msg_id bigint) returns boolean
archive(queue_name text, msg_ids bigint[]) returns setof bigint
purge_queue(queue_name text) returns bigint
set_vt(queue_name text, msg_id bigint, vt integer) returns setof pgmq.message_record
metrics(queue_name text) returns pgmq.metrics_result
metrics_all() returns setof pgmq.metrics_result
list_queues() returns setof pgmq.queue_record`,
  'pgmq.',
)}`,
}
