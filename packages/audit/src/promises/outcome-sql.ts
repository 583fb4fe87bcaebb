/**
 * A function that asks as a role, undoes what was done, and says what came of it (`Outcome`). It stops at the first
 * statement that comes out otherwise than expected. The login role runs it, in a transaction.
 */
export const outcomeFunction = `CREATE FUNCTION pg_temp.outcome(
  role text, claims text, search_path text, setup text, statements text[], expected text
) RETURNS text LANGUAGE plpgsql AS $outcome$
DECLARE
  statement text;
  found bigint;
  result text;
BEGIN
  FOREACH statement IN ARRAY statements LOOP
    BEGIN
      IF setup IS NOT NULL THEN
        EXECUTE setup;
      END IF;
      PERFORM set_config('search_path', search_path, true),
        set_config('request.jwt.claims', claims, true),
        set_config('role', role, true);
      EXECUTE statement;
      GET DIAGNOSTICS found = ROW_COUNT;
      -- ends the block, which undoes what the statement did
      RAISE EXCEPTION USING ERRCODE = 'RB000', MESSAGE = found::text;
    EXCEPTION
      WHEN SQLSTATE 'RB000' THEN
        result := SQLERRM || ' rows';
      WHEN insufficient_privilege THEN
        -- in any language, the message names what is refused
        result := CASE
          WHEN expected LIKE 'refused by %' AND position(substr(expected, 12) IN SQLERRM) > 0 THEN expected
          ELSE 'refused'
        END;
      WHEN OTHERS THEN
        result := 'error ' || SQLSTATE;
    END;
    EXIT WHEN NOT CASE expected
      WHEN 'answered' THEN result LIKE '% rows'
      WHEN 'not refused' THEN result NOT LIKE 'refused%'
      ELSE result = expected
    END;
  END LOOP;
  RETURN result;
END
$outcome$`
