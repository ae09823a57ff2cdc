"""The SQL of the spool: its tables, and the rules that are decided inside it, each in statements over whole tables (M-8, M-9)."""

from typing import Final

SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;
CREATE TABLE row (id INTEGER PRIMARY KEY, file TEXT, line INT, text TEXT, field TEXT, reason TEXT, outcome INT NOT NULL);
CREATE TABLE item (id INTEGER PRIMARY KEY, row INT, label INT, key TEXT, digest TEXT, payload BLOB, updated TEXT, record TEXT, outcome INT,
    doubled INT NOT NULL DEFAULT 0);
CREATE TABLE held (label INT, key TEXT, said TEXT, digest TEXT, rank INT, updated TEXT, others TEXT, newest TEXT, lead INT, source TEXT,
    PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE hung (id INTEGER PRIMARY KEY, row INT, kind INT, start TEXT, end TEXT, digest TEXT, payload BLOB, outcome INT);
CREATE TABLE held_hung (kind INT, start TEXT, end TEXT, digest TEXT, PRIMARY KEY (kind, start, end)) WITHOUT ROWID;
CREATE TABLE spared (label INT, key TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE left_by (rule TEXT PRIMARY KEY, count INT NOT NULL) WITHOUT ROWID;
CREATE TABLE moved (record TEXT PRIMARY KEY, label TEXT, place INT, key TEXT) WITHOUT ROWID;
"""
INDEXES: Final = """
CREATE INDEX item_key ON item (label, key); CREATE INDEX item_row ON item (row); CREATE INDEX item_record ON item (record) WHERE record IS NOT NULL;
CREATE INDEX hung_key ON hung (kind, start, end); CREATE INDEX hung_row ON hung (row);
"""
DROP: Final = """
INSERT OR IGNORE INTO spared SELECT label, key FROM item WHERE row IN (SELECT id FROM row WHERE outcome = 3);
DELETE FROM item WHERE row IN (SELECT id FROM row WHERE outcome = 3);
DELETE FROM hung WHERE row IN (SELECT id FROM row WHERE outcome = 3);
"""
PLACES: Final = """(
    SELECT group_concat(place, '; ') FROM (
        SELECT DISTINCT r2.file || ', line ' || r2.line AS place FROM item i2 JOIN row r2 ON r2.id = i2.row
        WHERE {same} AND i2.row <> row.id ORDER BY r2.id LIMIT 3))"""
# {personal}: places of the labels whose keys are personal data and never stand in a message
DOUBLED_KEYS: Final = f"""
UPDATE item SET doubled = 1 WHERE (label, key) IN (SELECT label, key FROM item GROUP BY label, key HAVING count(DISTINCT digest) > 1);
UPDATE row SET outcome = 3, field = '', reason = (
    SELECT 'The key ' || CASE WHEN i.label IN ({{personal}}) THEN '' ELSE i.key || ' ' END || 'stands in this file with two contents (also: ' ||
        {PLACES.format(same="i2.label = i.label AND i2.key = i.key")} || '). Both are left out: keep the right one.'
    FROM item i WHERE i.row = row.id AND i.doubled LIMIT 1)
WHERE id IN (SELECT row FROM item WHERE doubled);
{DROP}"""
DOUBLED_RECORDS: Final = f"""
UPDATE item SET doubled = 1 WHERE record IN (
    SELECT record FROM item WHERE record IS NOT NULL GROUP BY record HAVING count(DISTINCT label || '/' || key) > 1);
UPDATE row SET outcome = 3, field = '', reason = (
    SELECT 'The record ' || CASE WHEN i.label IN ({{personal}}) THEN '' ELSE i.record || ' ' END || 'stands in this file as two objects (also: ' ||
        {PLACES.format(same="i2.record = i.record")} || '). Both are left out: keep the right one.'
    FROM item i WHERE i.row = row.id AND i.doubled LIMIT 1)
WHERE id IN (SELECT row FROM item WHERE doubled);
{DROP}"""
# Instants and days are compared as text, as far as both go. :newest: places of the labels of which the newest leads, whoever stated it.
STALE: Final = f"""
UPDATE item SET doubled = 2 WHERE EXISTS (
    SELECT 1 FROM held WHERE held.label = item.label AND held.key = item.key AND held.digest IS NOT item.digest AND
        substr(item.updated, 1, min(length(item.updated), length(held.updated))) < substr(held.updated, 1, min(length(item.updated), length(held.updated))));
UPDATE item SET doubled = 3 WHERE doubled = 0 AND EXISTS (
    SELECT 1 FROM held WHERE held.label = item.label AND held.key = item.key AND held.newest IS NOT NULL AND item.updated < held.newest);
UPDATE row SET outcome = 3, field = 'updated_at', reason = (
    SELECT 'It is of ' || i.updated || ', older than what is stored (' || CASE i.doubled WHEN 2 THEN held.updated ELSE held.newest END || '). Left as it is.'
    FROM item i JOIN held ON held.label = i.label AND held.key = i.key WHERE i.row = row.id AND i.doubled LIMIT 1)
WHERE id IN (SELECT row FROM item WHERE doubled);
{DROP}"""
JUDGED: Final = """
UPDATE item SET outcome = coalesce((
    SELECT CASE WHEN held.said IS NULL THEN 2 WHEN held.digest = item.digest AND held.rank = {rank} THEN 0 ELSE 1 END
    FROM held WHERE held.label = item.label AND held.key = item.key), 2);
UPDATE item SET outcome = 0 WHERE EXISTS (SELECT 1 FROM item twin WHERE twin.label = item.label AND twin.key = item.key AND twin.id < item.id);
UPDATE hung SET outcome = coalesce((
    SELECT CASE WHEN held.digest = hung.digest THEN 0 ELSE 1 END FROM held_hung held
    WHERE held.kind = hung.kind AND held.start = hung.start AND held.end = hung.end), 2);
UPDATE hung SET outcome = 0 WHERE EXISTS (
    SELECT 1 FROM hung twin WHERE twin.kind = hung.kind AND twin.start = hung.start AND twin.end = hung.end AND twin.id < hung.id);
UPDATE row SET outcome = max(
    coalesce((SELECT max(outcome) FROM item WHERE item.row = row.id), 0), coalesce((SELECT max(outcome) FROM hung WHERE hung.row = row.id), 0)
) WHERE outcome <> 3;
"""
PENDING: Final = """
SELECT item.label, item.key, item.digest, payload, item.outcome, coalesce(item.updated, ''), item.record, held.said, held.others,
    held.newest, held.lead, held.source, moved.label, moved.key, moved.key IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM item other WHERE other.label = moved.place AND other.key = moved.key)
    AND NOT EXISTS (SELECT 1 FROM spared WHERE spared.label = moved.place AND spared.key = moved.key)
FROM item LEFT JOIN held ON held.label = item.label AND held.key = item.key LEFT JOIN moved ON moved.record = item.record
WHERE item.outcome > 0 ORDER BY item.label, item.key
"""
MISSING: Final = """
FROM held WHERE label = ? AND said <> '-' AND NOT EXISTS (SELECT 1 FROM item WHERE item.label = held.label AND item.key = held.key)
AND NOT EXISTS (SELECT 1 FROM spared WHERE spared.label = held.label AND spared.key = held.key)
AND NOT EXISTS (SELECT 1 FROM moved WHERE moved.place = held.label AND moved.key = held.key)
"""
