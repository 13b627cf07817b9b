import Postgres

/// The statements that bring what the files hold into the catalogue, and what a person has exported.
///
/// A row of the files is known by its key. It is inserted when there never was a row with that key, follows the file
/// while it has the hash of what it took from there, and is left alone once it has been edited or deleted.
enum SeedStatements {
    /// A category of that name from before the files were known is taken for an edited one.
    static let adoptCategories = PostgresStatement(
        "seed_adopt_categories",
        """
        UPDATE categories SET seed_key = name
        WHERE seed_key IS NULL AND deleted_at IS NULL AND name = ANY ($1::text[])
            AND NOT EXISTS (SELECT FROM categories o WHERE o.seed_key = categories.name)
        """)

    static let categories = PostgresStatement(
        "seed_categories",
        """
        WITH file AS (
            SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::boolean[], $6::int[], $7::text[])
                AS f (name, id, display_name, description, is_active, sort_order, hash)),
        followed AS (
            UPDATE categories AS c SET display_name = f.display_name, description = f.description,
                is_active = f.is_active, sort_order = f.sort_order, seed_hash = f.hash
            FROM file f WHERE c.seed_key = f.name AND c.deleted_at IS NULL AND c.seed_hash <> f.hash
            RETURNING c.id),
        new AS (
            INSERT INTO categories (id, name, display_name, description, is_active, sort_order, seed_key, seed_hash)
            SELECT CASE WHEN EXISTS (SELECT FROM categories WHERE id = f.id)
                    THEN nextval(pg_get_serial_sequence('categories', 'id')) ELSE f.id END,
                f.name, f.display_name, f.description, f.is_active, f.sort_order, f.name, f.hash
            FROM file f WHERE NOT EXISTS (SELECT FROM categories WHERE seed_key = f.name)
            ON CONFLICT DO NOTHING RETURNING id)
        SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM followed)
        """)

    /// A preset whose new name somebody else's has by now stays as it is.
    static let presets = PostgresStatement(
        "seed_presets",
        """
        WITH file AS (
            SELECT f.*, c.id AS category_id
            FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                AS f (key, id, category, name, description, template, hash)
            JOIN categories c ON c.seed_key = f.category AND c.deleted_at IS NULL),
        followed AS (
            UPDATE prompts AS p SET category_id = f.category_id, name = f.name, description = f.description,
                template = f.template, seed_hash = f.hash
            FROM file f WHERE p.seed_key = f.key AND p.deleted_at IS NULL AND p.seed_hash <> f.hash
                AND NOT EXISTS (SELECT FROM prompts o WHERE o.category_id = f.category_id AND o.name = f.name
                    AND o.deleted_at IS NULL AND o.id <> p.id)
            RETURNING p.id),
        new AS (
            INSERT INTO prompts (id, category_id, name, description, template, seed_key, seed_hash)
            SELECT CASE WHEN EXISTS (SELECT FROM prompts WHERE id = f.id)
                    THEN nextval(pg_get_serial_sequence('prompts', 'id')) ELSE f.id END,
                f.category_id, f.name, f.description, f.template, f.key, f.hash
            FROM file f WHERE NOT EXISTS (SELECT FROM prompts WHERE seed_key = f.key)
            ON CONFLICT DO NOTHING RETURNING id)
        SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM followed)
        """)

    static let importCategories = PostgresStatement(
        "import_categories",
        """
        WITH done AS (
            INSERT INTO categories AS c (name, display_name, description, is_active, sort_order)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::int[])
            ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE SET display_name = excluded.display_name,
                description = excluded.description, is_active = excluded.is_active, sort_order = excluded.sort_order
            WHERE (c.display_name, c.description, c.is_active, c.sort_order) IS DISTINCT FROM
                (excluded.display_name, excluded.description, excluded.is_active, excluded.sort_order)
            RETURNING xmax = 0 AS is_new)
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
        """)

    /// A category that has gone in the meantime makes the whole transaction fail, as a number of NULL.
    static let importPresets = PostgresStatement(
        "import_presets",
        """
        WITH done AS (
            INSERT INTO prompts AS p (category_id, name, description, template, is_active)
            SELECT (SELECT id FROM categories WHERE name = f.category AND deleted_at IS NULL),
                f.name, f.description, f.template, f.is_active
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[])
                AS f (category, name, description, template, is_active)
            ON CONFLICT (category_id, name) WHERE deleted_at IS NULL DO UPDATE SET
                description = excluded.description, template = excluded.template, is_active = excluded.is_active
            WHERE (p.description, p.template, p.is_active) IS DISTINCT FROM
                (excluded.description, excluded.template, excluded.is_active)
            RETURNING xmax = 0 AS is_new)
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
        """)
}
