-- The functions of the trail. Those that write run as the owner and see one municipality at a time;
-- nobody else may attach them to a table or call them.

-- Make a municipality the one in force and return the one that was; for roles that the fence does
-- not hold (a superuser's session, a data migration) it differs from the row's.
CREATE OR REPLACE FUNCTION trail_enter(p_tenant bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    was text := coalesce(current_setting('app.tenant', true), '');
BEGIN
    IF was <> p_tenant::text THEN
        PERFORM set_config('app.tenant', p_tenant::text, true);
    END IF;
    RETURN was;
END $$;

CREATE OR REPLACE FUNCTION trail_leave(p_tenant bigint, p_was text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF p_was <> p_tenant::text THEN
        PERFORM set_config('app.tenant', p_was, true);
    END IF;
END $$;

-- 10 characters of Crockford's base32 in lower case, from bytes of a UUID that are wholly random.
CREATE OR REPLACE FUNCTION trail_uid() RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(
               substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(u.bytes, i) & 31) + 1, 1), '')
      FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) u,
           unnest('{0,1,2,3,4,5,9,10,11,12}'::int[]) i
$$;

-- Canonical content is the text of a jsonb array; instants enter as microseconds since 1970.
CREATE OR REPLACE FUNCTION trail_micros(p_at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(epoch FROM p_at) * 1000000)::bigint
$$;

CREATE OR REPLACE FUNCTION trail_act_hash(a trail_act) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        a.tenant_id, a.id, a.uid, a.verb, a.actor_person_id, a.actor_name, a.reason, a.request_id,
        trail_micros(a.at), a.subject_table, a.subject_id, a.subject_uid, a.subject_title,
        a.db_user)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION trail_change_hash(c trail_change) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        c.tenant_id, c.id, c.act_id, c.table_name, c.row_id, c.operation, c.before, c.after,
        trail_micros(c.at))::text, 'UTF8'))
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
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    open_act text := 'app.act_' || p_tenant;
    c trail_change;
BEGIN
    c.tenant_id := p_tenant;
    c.id := nextval('trail_change_id_seq');
    c.act_id := nullif(current_setting(open_act, true), '')::bigint;
    c.table_name := p_table;
    c.row_id := p_row;
    c.operation := p_operation;
    c.before := p_before;
    c.after := p_after;
    c.at := clock_timestamp();
    IF c.act_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM trail_seal WHERE tenant_id = p_tenant AND id = c.act_id
    ) THEN
        INSERT INTO trail_change (tenant_id, id, act_id, table_name, row_id, operation, before, after, at, hash)
        VALUES (c.tenant_id, c.id, c.act_id, c.table_name, c.row_id, c.operation, c.before, c.after, c.at,
                trail_change_hash(c));
        RETURN;
    END IF;
    c.act_id := nextval('trail_act_id_seq');
    PERFORM set_config(open_act, c.act_id::text, true);
    WITH opened AS (
        INSERT INTO trail_act (tenant_id, id, uid, verb, actor_name, reason, request_id, at,
                               subject_table, subject_uid, subject_title, db_user)
        VALUES (p_tenant, c.act_id, trail_uid(), 'direct', '(직접 변경)', '', '', c.at,
                '', '', '', session_user)
    )
    INSERT INTO trail_change (tenant_id, id, act_id, table_name, row_id, operation, before, after, at, hash)
    VALUES (c.tenant_id, c.id, c.act_id, c.table_name, c.row_id, c.operation, c.before, c.after, c.at,
            trail_change_hash(c));
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
    PERFORM trail_write(tenant, TG_TABLE_NAME, number, lower(TG_OP), before, after);
    PERFORM trail_leave(tenant, was);
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
    PERFORM trail_leave(NEW.tenant_id, was);
    RETURN NULL;
END $$;

-- Second step at commit: the place in the chain. It is queued by the first step, so it runs after
-- every other deferred check of the transaction, and nothing is waited for while the head is held.
CREATE OR REPLACE FUNCTION trail_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was text := trail_enter(NEW.tenant_id);
    head trail_head;
BEGIN
    SELECT * INTO head FROM trail_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO trail_head (tenant_id, seq, hash) VALUES (NEW.tenant_id, 0, '')
        ON CONFLICT (tenant_id) DO NOTHING;
        SELECT * INTO STRICT head FROM trail_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    END IF;
    head.seq := head.seq + 1;
    INSERT INTO trail_link (tenant_id, id, seq, prev, hash)
    VALUES (NEW.tenant_id, NEW.id, head.seq, head.hash, sha256(head.hash || NEW.hash));
    UPDATE trail_head SET seq = head.seq, hash = sha256(head.hash || NEW.hash)
     WHERE tenant_id = NEW.tenant_id;
    PERFORM trail_leave(NEW.tenant_id, was);
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
    PERFORM trail_write(tenant, 'trail_salt', gone, 'delete',
                        jsonb_build_object('table_name', p_table, 'row_id', p_row), NULL);
    RETURN true;
END $$;
