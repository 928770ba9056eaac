-- Proof of the trail. Both functions read with the caller's own rights: the product sees the
-- municipality in force, the backup role any.

-- Check up to p_size links after number p_after. `walked_to` is the last link looked at, the same
-- as p_after when there was none; `problem` is null when all of them hold, else the rest says where.
CREATE OR REPLACE FUNCTION trail_verify_links(
    p_tenant bigint, p_after bigint, p_size integer,
    OUT walked_to bigint, OUT changes bigint, OUT problem text,
    OUT seq bigint, OUT act_uid text, OUT change_id bigint, OUT table_name text, OUT row_id bigint
) LANGUAGE sql STABLE SET enable_seqscan = off AS $$
WITH part AS MATERIALIZED (
    SELECT l.seq, l.id, l.prev, l.hash,
           p_after + row_number() OVER o AS due,
           coalesce(lag(l.hash) OVER o,
                    (SELECT b.hash FROM trail_link b WHERE b.tenant_id = p_tenant AND b.seq = p_after),
                    '') AS before
      FROM trail_link l
     WHERE l.tenant_id = p_tenant AND l.seq > p_after
    WINDOW o AS (ORDER BY l.seq)
     ORDER BY l.seq
     LIMIT p_size
), seen AS MATERIALIZED (
    SELECT part.*, a.uid, a.id IS NULL AS no_act, s.id IS NULL AS no_seal,
           s.act_hash, s.change_ids, s.hash AS seal_hash,
           CASE WHEN a.id IS NOT NULL THEN trail_act_hash(a) END AS real_act_hash,
           c.ids, c.hashes, c.altered
      FROM part
      LEFT JOIN trail_act a ON a.tenant_id = p_tenant AND a.id = part.id
      LEFT JOIN trail_seal s ON s.tenant_id = p_tenant AND s.id = part.id
     CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(o.id), '{}') AS ids,
               coalesce(string_agg(o.hash, ''::bytea), '') AS hashes,
               min(o.id) FILTER (WHERE o.hash IS DISTINCT FROM o.real_hash) AS altered
          FROM (SELECT c.id, c.hash,
                       trail_change_hash(c.tenant_id, c.id, c.act_id, c.table_name, c.row_id,
                                         c.operation, c.before, c.after, c.at) AS real_hash
                  FROM trail_change c
                 WHERE c.tenant_id = p_tenant AND c.act_id = part.id ORDER BY c.id) o
     ) c
), judged AS (
    SELECT seen.*,
           CASE
               WHEN seen.seq <> due THEN 'link_missing'
               WHEN no_act THEN 'act_missing'
               WHEN no_seal THEN 'seal_missing'
               WHEN altered IS NOT NULL THEN 'change_altered'
               WHEN real_act_hash <> act_hash THEN 'act_altered'
               WHEN ids <> change_ids THEN 'changes_differ'
               WHEN sha256(prev || seal_hash) <> seen.hash THEN 'link_altered'
               WHEN sha256(act_hash || hashes) <> seal_hash THEN 'act_rewritten'
               WHEN prev <> before THEN 'link_broken'
           END AS verdict
      FROM seen
), first AS (
    SELECT judged.*,
           (SELECT min(x) FROM (SELECT unnest(change_ids) EXCEPT SELECT unnest(ids)) m(x)) AS missing,
           (SELECT min(x) FROM (SELECT unnest(ids) EXCEPT SELECT unnest(change_ids)) m(x)) AS added
      FROM judged WHERE verdict IS NOT NULL ORDER BY judged.seq LIMIT 1
), named AS (
    SELECT due, first.seq, uid,
           CASE WHEN verdict <> 'changes_differ' THEN verdict
                WHEN missing IS NOT NULL THEN 'change_missing' ELSE 'change_added' END AS verdict,
           CASE verdict WHEN 'change_altered' THEN altered
                        WHEN 'changes_differ' THEN coalesce(missing, added) END AS at_change
      FROM first
)
SELECT coalesce((SELECT max(part.seq) FROM part), p_after),
       (SELECT coalesce(sum(cardinality(ids)), 0) FROM seen),
       n.verdict,
       CASE n.verdict WHEN 'link_missing' THEN n.due ELSE n.seq END,
       CASE WHEN n.verdict <> 'link_missing' THEN n.uid END,
       n.at_change, c.table_name, c.row_id
  FROM (SELECT) one
  LEFT JOIN named n ON true
  LEFT JOIN trail_change c ON c.tenant_id = p_tenant AND c.id = n.at_change
$$;

-- Compare the head with the last link, then look for what no link holds. `p_walked` is the number up
-- to which the links were checked; `more` says that links were added since.
CREATE OR REPLACE FUNCTION trail_verify_ends(
    p_tenant bigint, p_walked bigint,
    OUT more boolean, OUT problem text,
    OUT seq bigint, OUT act_uid text, OUT change_id bigint, OUT table_name text, OUT row_id bigint
) LANGUAGE sql STABLE AS $$
WITH last AS (
    SELECT l.seq, l.hash FROM trail_link l WHERE l.tenant_id = p_tenant ORDER BY l.seq DESC LIMIT 1
), ends AS (
    SELECT coalesce(h.seq, 0) AS head_seq, coalesce(h.hash, '') AS head_hash,
           coalesce(l.seq, 0) AS last_seq, coalesce(l.hash, '') AS last_hash
      FROM (SELECT) one
      LEFT JOIN trail_head h ON h.tenant_id = p_tenant
      LEFT JOIN last l ON true
), loose_act AS (
    SELECT a.id, a.uid FROM trail_act a
     WHERE a.tenant_id = p_tenant
       AND NOT EXISTS (SELECT FROM trail_link l WHERE l.tenant_id = p_tenant AND l.id = a.id)
     ORDER BY a.id LIMIT 1
), loose_change AS (
    SELECT c.* FROM trail_change c
     WHERE c.tenant_id = p_tenant
       AND NOT EXISTS (SELECT FROM trail_link l WHERE l.tenant_id = p_tenant AND l.id = c.act_id)
     ORDER BY c.id LIMIT 1
), loose_seal AS (
    SELECT s.id FROM trail_seal s
     WHERE s.tenant_id = p_tenant
       AND NOT EXISTS (SELECT FROM trail_link l WHERE l.tenant_id = p_tenant AND l.id = s.id)
     ORDER BY s.id LIMIT 1
), judged AS (
    SELECT ends.*, a.uid, c.id AS loose_change_id, c.table_name, c.row_id,
           last_seq > p_walked AS more,
           CASE
               WHEN last_seq > p_walked THEN NULL
               WHEN head_seq > last_seq THEN 'last_missing'
               WHEN head_seq < last_seq OR head_hash <> last_hash THEN 'head_altered'
               WHEN a.id IS NOT NULL THEN 'act_unlinked'
               WHEN c.id IS NOT NULL THEN 'change_unlinked'
               WHEN s.id IS NOT NULL THEN 'seal_unlinked'
           END AS verdict
      FROM ends
      LEFT JOIN loose_act a ON true
      LEFT JOIN loose_change c ON true
      LEFT JOIN loose_seal s ON true
)
SELECT j.more, verdict,
       CASE verdict WHEN 'last_missing' THEN last_seq + 1 WHEN 'head_altered' THEN head_seq END,
       CASE WHEN verdict IN ('last_missing', 'act_unlinked') THEN uid END,
       CASE WHEN verdict = 'change_unlinked' THEN loose_change_id END,
       CASE WHEN verdict = 'change_unlinked' THEN j.table_name END,
       CASE WHEN verdict = 'change_unlinked' THEN j.row_id END
  FROM judged j
$$;
