-- Categories and presets that people manage: versions, where a row comes from, and a counter that tells of changes.

ALTER TABLE categories
    ADD COLUMN version     integer NOT NULL DEFAULT 1,
    ADD COLUMN deleted_at  timestamptz,
    -- What the row is called in resources/prompts; NULL for what people made.
    ADD COLUMN seed_key    text UNIQUE,
    -- Of the content that the row has from the files; NULL once somebody has changed it: it follows no file any more.
    ADD COLUMN seed_hash   text;

ALTER TABLE prompts
    ADD COLUMN version     integer NOT NULL DEFAULT 1,
    ADD COLUMN deleted_at  timestamptz,
    ADD COLUMN seed_key    text UNIQUE,
    ADD COLUMN seed_hash   text;

-- Deleted rows stay, so that seeding does not bring them back and their versions can be restored; their names are free.
ALTER TABLE categories DROP CONSTRAINT categories_name_key;
CREATE UNIQUE INDEX categories_name ON categories (name) WHERE deleted_at IS NULL;
ALTER TABLE prompts DROP CONSTRAINT prompts_category_id_name_key;
CREATE UNIQUE INDEX prompts_name ON prompts (category_id, name) WHERE deleted_at IS NULL;

-- Numbers up to 1000 are for the files.
SELECT setval(pg_get_serial_sequence('categories', 'id'), greatest(1000, (SELECT max(id) FROM categories)));
SELECT setval(pg_get_serial_sequence('prompts', 'id'), greatest(1000, (SELECT max(id) FROM prompts)));

CREATE TABLE prompt_versions (
    kind        text NOT NULL CHECK (kind IN ('category', 'preset')),
    item_id     integer NOT NULL,
    version     integer NOT NULL,
    action      text NOT NULL,
    author      text NOT NULL,
    content     jsonb NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, item_id, version)
);

INSERT INTO prompt_versions (kind, item_id, version, action, author, content)
SELECT 'category', id, 1, 'create', 'migration', to_jsonb(c) - ARRAY[
    'id', 'version', 'created_at', 'updated_at', 'deleted_at', 'seed_key', 'seed_hash'] FROM categories c
UNION ALL
SELECT 'preset', id, 1, 'create', 'migration', to_jsonb(p) - ARRAY[
    'id', 'version', 'usage_count', 'created_at', 'updated_at', 'deleted_at', 'seed_key', 'seed_hash'] FROM prompts p;

CREATE TABLE catalogue_revision (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision  bigint NOT NULL DEFAULT 1
);
INSERT INTO catalogue_revision DEFAULT VALUES;

-- Triggers, so that a change by hand gets its version and is seen by all instances like any other.
CREATE FUNCTION number_catalogue_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    IF NEW.seed_hash IS NOT DISTINCT FROM OLD.seed_hash THEN
        NEW.seed_hash := NULL;
    END IF;
    RETURN NEW;
END $$;

-- The settings gigaoffice.author and gigaoffice.action hold for one transaction.
CREATE FUNCTION keep_catalogue_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO prompt_versions (kind, item_id, version, action, author, content)
    VALUES (
        TG_ARGV[0], NEW.id, NEW.version,
        coalesce(nullif(current_setting('gigaoffice.action', true), ''), lower(TG_OP)),
        coalesce(nullif(current_setting('gigaoffice.author', true), ''), session_user),
        to_jsonb(NEW) - ARRAY[
            'id', 'version', 'usage_count', 'created_at', 'updated_at', 'deleted_at', 'seed_key', 'seed_hash']);
    UPDATE catalogue_revision SET revision = revision + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER number_change BEFORE UPDATE ON categories FOR EACH ROW
    WHEN ((OLD.name, OLD.display_name, OLD.description, OLD.is_active, OLD.sort_order, OLD.deleted_at)
        IS DISTINCT FROM
        (NEW.name, NEW.display_name, NEW.description, NEW.is_active, NEW.sort_order, NEW.deleted_at))
    EXECUTE FUNCTION number_catalogue_change();
CREATE TRIGGER number_change BEFORE UPDATE ON prompts FOR EACH ROW
    WHEN ((OLD.name, OLD.description, OLD.template, OLD.category_id, OLD.is_active, OLD.deleted_at)
        IS DISTINCT FROM
        (NEW.name, NEW.description, NEW.template, NEW.category_id, NEW.is_active, NEW.deleted_at))
    EXECUTE FUNCTION number_catalogue_change();

CREATE TRIGGER keep_first AFTER INSERT ON categories FOR EACH ROW EXECUTE FUNCTION keep_catalogue_version('category');
CREATE TRIGGER keep_change AFTER UPDATE ON categories FOR EACH ROW
    WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION keep_catalogue_version('category');
CREATE TRIGGER keep_first AFTER INSERT ON prompts FOR EACH ROW EXECUTE FUNCTION keep_catalogue_version('preset');
CREATE TRIGGER keep_change AFTER UPDATE ON prompts FOR EACH ROW
    WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION keep_catalogue_version('preset');
