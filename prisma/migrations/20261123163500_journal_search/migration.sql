-- What the journal is searched by: the letters of a label as Latin ones, as in `person.search_key`. No column: nothing else reads them.
CREATE INDEX "audit_entry_label_key" ON "audit_entry" USING gin (translate(lower("label" COLLATE "ru-x-icu"),
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'abvgdeejziiklmnoprstufhcxwwqyqeua') gin_trgm_ops);
