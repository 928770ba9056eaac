-- The functions of the trail. Those that write run as the owner and see one municipality at a time;
-- nobody else may attach them to a table or call them.

-- Make a municipality the one in force. Answers the one to go back to, or null when it was so
-- already: only roles that the fence does not hold (a superuser, a data migration) come from outside.
CREATE OR REPLACE FUNCTION trail_enter(p_tenant bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    was text := coalesce(current_setting('app.tenant', true), '');
    entered text;
BEGIN
    IF was = p_tenant::text THEN
        RETURN NULL;
    END IF;
    entered := set_config('app.tenant', p_tenant::text, true);
    RETURN was;
END $$;

-- 10 characters of Crockford's base32 in lower case: random base64 with one bit of six left out.
-- (Six bytes, because the seventh of a UUID is not wholly random.)
CREATE OR REPLACE FUNCTION trail_uid() RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT translate(
        left(encode(substr(uuid_send(gen_random_uuid()), 1, 6)
                    || substr(uuid_send(gen_random_uuid()), 1, 6), 'base64'), 10),
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
        '0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjkmnpqrstvwxyz')
$$;

-- Canonical content is the text of a jsonb array; instants enter as microseconds since 1970.
-- STABLE, as `extract` is: declared IMMUTABLE it could not be inlined and would cost ten times more.
CREATE OR REPLACE FUNCTION trail_micros(p_at timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT (extract(epoch FROM p_at) * 1000000)::bigint
$$;

CREATE OR REPLACE FUNCTION trail_act_hash(a trail_act) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        a.tenant_id, a.id, a.uid, a.verb, a.actor_person_id, a.actor_name, a.reason, a.request_id,
        trail_micros(a.at), a.subject_table, a.subject_id, a.subject_uid, a.subject_title,
        a.db_user)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION trail_change_hash(
    p_tenant bigint, p_id bigint, p_act bigint, p_table text, p_row bigint, p_operation text,
    p_before jsonb, p_after jsonb, p_at timestamptz
) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        p_tenant, p_id, p_act, p_table, p_row, p_operation, p_before, p_after,
        trail_micros(p_at))::text, 'UTF8'))
$$;

-- A personal value as the trail keeps it. The salt of the row is made when first needed; once it
-- is purged, nobody can try values against what is left.
CREATE OR REPLACE FUNCTION trail_hide(
    p_tenant bigint, p_table text, p_row bigint, p_column text, p_value text
) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    found bytea;
BEGIN
    IF p_value IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT salt INTO found FROM trail_salt
     WHERE tenant_id = p_tenant AND table_name = p_table AND row_id = p_row;
    IF found IS NULL THEN
        INSERT INTO trail_salt (tenant_id, table_name, row_id, salt)
        VALUES (p_tenant, p_table, p_row,
                sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
        ON CONFLICT (tenant_id, table_name, row_id) DO UPDATE SET salt = trail_salt.salt
        RETURNING salt INTO found;
    END IF;
    RETURN 'sha256:' || encode(
        sha256(found || convert_to(p_column || ':' || p_value, 'UTF8')), 'hex');
END $$;

CREATE OR REPLACE FUNCTION trail_hide_columns(
    p_tenant bigint, p_table text, p_row bigint, p_columns text[], p_content jsonb
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY p_columns LOOP
        IF p_content ->> name IS NOT NULL THEN
            p_content := p_content || jsonb_build_object(
                name, trail_hide(p_tenant, p_table, p_row, name, p_content ->> name));
        END IF;
    END LOOP;
    RETURN p_content;
END $$;

-- Write one change under the open act. Without one, or when it has been sealed meanwhile, a direct
-- act is opened in the same statement, so that no moment exists in which a change has no act.
CREATE OR REPLACE FUNCTION trail_write(
    p_tenant bigint, p_table text, p_row bigint, p_operation text, p_before jsonb, p_after jsonb
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    setting text := 'app.act_' || p_tenant;
    act bigint := nullif(current_setting(setting, true), '')::bigint;
    change bigint := nextval('trail_change_id_seq');
    moment timestamptz := clock_timestamp();
BEGIN
    IF act IS NOT NULL THEN
        INSERT INTO trail_change
               (tenant_id, id, act_id, table_name, row_id, operation, before, after, at, hash)
        SELECT p_tenant, change, act, p_table, p_row, p_operation, p_before, p_after, moment,
               trail_change_hash(p_tenant, change, act, p_table, p_row, p_operation,
                                 p_before, p_after, moment)
         WHERE NOT EXISTS (SELECT FROM trail_seal WHERE tenant_id = p_tenant AND id = act);
        IF FOUND THEN
            RETURN change;
        END IF;
    END IF;
    act := nextval('trail_act_id_seq');
    setting := set_config(setting, act::text, true);
    WITH opened AS (
        INSERT INTO trail_act
               (tenant_id, id, uid, verb, actor_name, reason, request_id, at,
                subject_table, subject_uid, subject_title, db_user)
        VALUES (p_tenant, act, trail_uid(), 'direct', '(직접 변경)', '', '', moment,
                '', '', '', session_user)
    )
    INSERT INTO trail_change
           (tenant_id, id, act_id, table_name, row_id, operation, before, after, at, hash)
    VALUES (p_tenant, change, act, p_table, p_row, p_operation, p_before, p_after, moment,
            trail_change_hash(p_tenant, change, act, p_table, p_row, p_operation,
                              p_before, p_after, moment));
    RETURN change;
END $$;

-- The row trigger. Arguments: personal columns, then columns that are left out.
CREATE OR REPLACE FUNCTION trail_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    personal text[] := TG_ARGV[0];
    left_out text[] := TG_ARGV[1];
    tenant bigint := coalesce(NEW.tenant_id, OLD.tenant_id);
    number bigint := coalesce(NEW.id, OLD.id);
    before jsonb;
    after jsonb;
    was text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD *= NEW THEN
            RETURN NULL;
        END IF;
        IF OLD.id <> NEW.id OR OLD.tenant_id <> NEW.tenant_id THEN
            RAISE EXCEPTION '행의 번호와 자치단체는 바꿀 수 없습니다: % %', TG_TABLE_NAME, OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        before := to_jsonb(OLD) - left_out;
        SELECT jsonb_object_agg(key, before -> key), jsonb_object_agg(key, value)
          INTO before, after
          FROM jsonb_each(to_jsonb(NEW) - left_out)
         WHERE value IS DISTINCT FROM before -> key;
        IF after IS NULL THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        after := to_jsonb(NEW) - left_out;
    ELSE
        before := to_jsonb(OLD) - left_out;
    END IF;
    was := trail_enter(tenant);
    IF personal <> '{}' THEN
        before := trail_hide_columns(tenant, TG_TABLE_NAME, number, personal, before);
        after := trail_hide_columns(tenant, TG_TABLE_NAME, number, personal, after);
    END IF;
    number := trail_write(tenant, TG_TABLE_NAME, number, lower(TG_OP), before, after);
    IF was IS NOT NULL THEN
        was := set_config('app.tenant', was, true);
    END IF;
    RETURN NULL;
END $$;

-- First step at commit, per act: its digest. The head is not touched yet.
CREATE OR REPLACE FUNCTION trail_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was text := trail_enter(NEW.tenant_id);
BEGIN
    INSERT INTO trail_seal (tenant_id, id, act_hash, change_ids, hash)
    SELECT NEW.tenant_id, NEW.id, a.hash, coalesce(c.ids, '{}'),
           sha256(a.hash || coalesce(c.hashes, ''))
      FROM (SELECT trail_act_hash(NEW) AS hash) a,
           (SELECT array_agg(id) AS ids, string_agg(hash, ''::bytea) AS hashes
              FROM (SELECT id, hash FROM trail_change
                     WHERE tenant_id = NEW.tenant_id AND act_id = NEW.id ORDER BY id) o) c;
    IF was IS NOT NULL THEN
        was := set_config('app.tenant', was, true);
    END IF;
    RETURN NULL;
END $$;

-- Second step at commit: the place in the chain. It is queued by the first step, so it runs after
-- every other deferred check of the transaction, and nothing is waited for while the head is held.
CREATE OR REPLACE FUNCTION trail_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was text := trail_enter(NEW.tenant_id);
BEGIN
    LOOP
        WITH head AS (
            UPDATE trail_head
               SET seq = seq + 1, prev = hash, hash = sha256(hash || NEW.hash)
             WHERE tenant_id = NEW.tenant_id
            RETURNING seq, prev, hash
        )
        INSERT INTO trail_link (tenant_id, id, seq, prev, hash)
        SELECT NEW.tenant_id, NEW.id, head.seq, head.prev, head.hash FROM head;
        EXIT WHEN FOUND;
        INSERT INTO trail_head (tenant_id, seq, prev, hash) VALUES (NEW.tenant_id, 0, '', '')
        ON CONFLICT (tenant_id) DO NOTHING;
    END LOOP;
    IF was IS NOT NULL THEN
        was := set_config('app.tenant', was, true);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '변경 이력이 남는 표입니다. %에는 %을(를) 할 수 없습니다.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- The purge (파기) of one row's salt; itself noted. Answers whether there was one.
CREATE OR REPLACE FUNCTION trail_purge_salt(p_table text, p_row bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant bigint := nullif(current_setting('app.tenant', true), '')::bigint;
    gone bigint;
BEGIN
    DELETE FROM trail_salt
     WHERE tenant_id = tenant AND table_name = p_table AND row_id = p_row
    RETURNING id INTO gone;
    IF gone IS NULL THEN
        RETURN false;
    END IF;
    gone := trail_write(tenant, 'trail_salt', gone, 'delete',
                        jsonb_build_object('table_name', p_table, 'row_id', p_row), NULL);
    RETURN true;
END $$;
