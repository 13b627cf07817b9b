import Postgres

/// The statements of the catalogue. Versions, and the revision, are the triggers' business.
enum CatalogueStatements {
    static let revision = PostgresStatement("catalogue_revision", "SELECT revision FROM catalogue_revision")

    /// Says who does what in this transaction, and has changes go one after the other, so that what a statement has
    /// found holds for the next one.
    static let begin = PostgresStatement(
        "catalogue_begin",
        """
        SELECT set_config('gigaoffice.author', $1::text, true), set_config('gigaoffice.action', $2::text, true)
        FROM catalogue_revision FOR UPDATE
        """)

    private static let category =
        "c.id, c.name, c.display_name, c.description, c.is_active, c.sort_order, c.version, c.seed_hash IS NOT NULL"

    private static let preset = """
        p.id, p.category_id, (SELECT name FROM categories WHERE id = p.category_id), p.name, p.description,
        p.template, p.is_active, p.usage_count, p.version, p.seed_hash IS NOT NULL
        """

    static let categories = PostgresStatement(
        "catalogue_categories",
        "SELECT \(category) FROM categories c WHERE c.deleted_at IS NULL ORDER BY c.sort_order, c.id")

    static let presets = PostgresStatement(
        "catalogue_presets",
        """
        SELECT \(preset) FROM prompts p JOIN categories c ON c.id = p.category_id
        WHERE p.deleted_at IS NULL ORDER BY c.sort_order, c.id, p.id
        """)

    // MARK: Categories

    /// Whether the item of that number is there, and whether another one has the name.
    static let categoryStanding = PostgresStatement(
        "category_standing",
        """
        SELECT EXISTS (SELECT FROM categories WHERE id = $1::int AND deleted_at IS NULL), true,
            EXISTS (SELECT FROM categories WHERE name = $2::text AND deleted_at IS NULL
                AND id IS DISTINCT FROM $1::int)
        """)

    static let createCategory = PostgresStatement(
        "category_create",
        """
        INSERT INTO categories AS c (name, display_name, description, is_active, sort_order)
        SELECT $1::text, $2::text, $3::text, $4::boolean, $5::int
        WHERE NOT EXISTS (SELECT FROM categories WHERE name = $1::text AND deleted_at IS NULL)
        RETURNING \(category)
        """)

    static let updateCategory = PostgresStatement(
        "category_update",
        """
        UPDATE categories AS c SET display_name = $2::text, description = $3::text, is_active = $4::boolean,
            sort_order = $5::int
        WHERE id = $1::int AND deleted_at IS NULL
        RETURNING \(category)
        """)

    static let activateCategory = PostgresStatement(
        "category_activate",
        """
        UPDATE categories AS c SET is_active = $2::boolean WHERE id = $1::int AND deleted_at IS NULL
        RETURNING \(category)
        """)

    static let deleteCategory = PostgresStatement(
        "category_delete",
        """
        UPDATE categories AS c SET deleted_at = now() WHERE id = $1::int AND deleted_at IS NULL
            AND NOT EXISTS (SELECT FROM prompts WHERE category_id = $1::int AND deleted_at IS NULL)
        RETURNING \(category)
        """)

    static let oldCategoryStanding = PostgresStatement(
        "category_old_standing",
        """
        SELECT true, true, EXISTS (SELECT FROM categories o WHERE o.name = v.content ->> 'name'
            AND o.deleted_at IS NULL AND o.id <> v.item_id)
        FROM prompt_versions v WHERE v.kind = 'category' AND v.item_id = $1::int AND v.version = $2::int
        """)

    static let rollBackCategory = PostgresStatement(
        "category_roll_back",
        """
        UPDATE categories AS c SET display_name = v.content ->> 'display_name',
            description = v.content ->> 'description', is_active = (v.content ->> 'is_active')::boolean,
            sort_order = (v.content ->> 'sort_order')::int, deleted_at = NULL
        FROM prompt_versions v
        WHERE c.id = $1::int AND v.kind = 'category' AND v.item_id = c.id AND v.version = $2::int
            AND NOT EXISTS (SELECT FROM categories o WHERE o.name = c.name AND o.deleted_at IS NULL AND o.id <> c.id)
        RETURNING \(category)
        """)

    // MARK: Presets

    /// Whether the item of that number is there, whether its category is, and whether another one has the name.
    static let presetStanding = PostgresStatement(
        "preset_standing",
        """
        SELECT EXISTS (SELECT FROM prompts WHERE id = $1::int AND deleted_at IS NULL), k.id IS NOT NULL,
            EXISTS (SELECT FROM prompts WHERE category_id = k.id AND name = $3::text AND deleted_at IS NULL
                AND id IS DISTINCT FROM $1::int)
        FROM (SELECT (SELECT id FROM categories WHERE name = $2::text AND deleted_at IS NULL) AS id) AS k
        """)

    static let presetIsThere = PostgresStatement(
        "preset_is_there", "SELECT EXISTS (SELECT FROM prompts WHERE id = $1::int AND deleted_at IS NULL), true, false")

    static let createPreset = PostgresStatement(
        "preset_create",
        """
        INSERT INTO prompts AS p (name, description, template, category_id, is_active)
        SELECT $2::text, $3::text, $4::text, k.id, $5::boolean
        FROM categories k WHERE k.name = $1::text AND k.deleted_at IS NULL AND NOT EXISTS (
            SELECT FROM prompts WHERE category_id = k.id AND name = $2::text AND deleted_at IS NULL)
        RETURNING \(preset)
        """)

    static let updatePreset = PostgresStatement(
        "preset_update",
        """
        UPDATE prompts AS p SET name = $3::text, description = $4::text, template = $5::text, category_id = k.id,
            is_active = $6::boolean
        FROM categories k
        WHERE p.id = $1::int AND p.deleted_at IS NULL AND k.name = $2::text AND k.deleted_at IS NULL AND NOT EXISTS (
            SELECT FROM prompts o WHERE o.category_id = k.id AND o.name = $3::text AND o.deleted_at IS NULL
                AND o.id <> p.id)
        RETURNING \(preset)
        """)

    static let activatePreset = PostgresStatement(
        "preset_activate",
        "UPDATE prompts AS p SET is_active = $2::boolean WHERE id = $1::int AND deleted_at IS NULL RETURNING \(preset)")

    static let deletePreset = PostgresStatement(
        "preset_delete",
        "UPDATE prompts AS p SET deleted_at = now() WHERE id = $1::int AND deleted_at IS NULL RETURNING \(preset)")

    static let oldPresetStanding = PostgresStatement(
        "preset_old_standing",
        """
        SELECT true,
            EXISTS (SELECT FROM categories WHERE id = (v.content ->> 'category_id')::int AND deleted_at IS NULL),
            EXISTS (SELECT FROM prompts o WHERE o.category_id = (v.content ->> 'category_id')::int
                AND o.name = v.content ->> 'name' AND o.deleted_at IS NULL AND o.id <> v.item_id)
        FROM prompt_versions v WHERE v.kind = 'preset' AND v.item_id = $1::int AND v.version = $2::int
        """)

    static let rollBackPreset = PostgresStatement(
        "preset_roll_back",
        """
        UPDATE prompts AS p SET name = v.content ->> 'name', description = v.content ->> 'description',
            template = v.content ->> 'template', category_id = k.id, is_active = (v.content ->> 'is_active')::boolean,
            deleted_at = NULL
        FROM prompt_versions v JOIN categories k
            ON k.id = (v.content ->> 'category_id')::int AND k.deleted_at IS NULL
        WHERE p.id = $1::int AND v.kind = 'preset' AND v.item_id = p.id AND v.version = $2::int AND NOT EXISTS (
            SELECT FROM prompts o WHERE o.category_id = k.id AND o.name = v.content ->> 'name'
                AND o.deleted_at IS NULL AND o.id <> p.id)
        RETURNING \(preset)
        """)

    // MARK: Both

    static let versions = PostgresStatement(
        "catalogue_versions",
        """
        SELECT version, action, author, \(Statements.microseconds("created_at")), content::text FROM prompt_versions
        WHERE kind = $1::text AND item_id = $2::int ORDER BY version DESC LIMIT 200
        """)

    static let addUses = PostgresStatement(
        "preset_add_uses",
        """
        UPDATE prompts SET usage_count = usage_count + used.count
        FROM unnest($1::int[], $2::bigint[]) AS used (id, count) WHERE prompts.id = used.id
        """)
}
