# storage/*/migrations/NNNN_name.sql -> migration_table.cpp, in order of the numbers whatever the paths are.
# The first line of a file is "-- NNNN: why".

function fail(file, why) {
    print file ": " why > "/dev/stderr"
    failed = 1
    exit 1
}

function begin_file(path,   base) {
    base = path
    sub(/^.*\//, "", base)
    if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/) fail(path, "a migration is named NNNN_words_of_it.sql")
    number = substr(base, 1, 4) + 0
    if (number in path_of) fail(path, "has the number of " path_of[number])
    if (index($0, "-- " substr(base, 1, 4) ": ") != 1) fail(path, "the first line says why: -- " substr(base, 1, 4) ": ...")
    path_of[number] = path
    name_of[number] = substr(base, 6, length(base) - 9)
    numbers[++count] = number
    read[path] = 1
}

FNR == 1 { begin_file(FILENAME) }
index($0, ")splot_sql\"") { fail(FILENAME, "the text ends the string it is embedded in") }
{ line[number, ++lines[number]] = $0 }

# Without files awk would wait for standard input.
BEGIN { if (ARGC < 2) exit }

END {
    if (failed) exit 1
    for (i = 1; i < ARGC; ++i) if (!(ARGV[i] in read)) fail(ARGV[i], "is empty")
    for (i = 2; i <= count; ++i) {
        moved = numbers[i]
        for (j = i - 1; j >= 1 && numbers[j] > moved; --j) numbers[j + 1] = numbers[j]
        numbers[j + 1] = moved
    }
    print "// Made from storage/*/migrations; edit those files."
    print "#include \"storage/postgres/migrations.h\"\n"
    print "namespace splot::storage {\n"
    print "std::span<const Migration> migrations() {"
    if (count == 0) print "    return {};"
    else {
        print "    static constexpr Migration table[] = {"
        for (i = 1; i <= count; ++i) {
            n = numbers[i]
            print "        {" n ", \"" name_of[n] "\", R\"splot_sql("
            for (j = 1; j <= lines[n]; ++j) print line[n, j]
            print ")splot_sql\"},"
        }
        print "    };"
        print "    return table;"
    }
    print "}\n"
    print "} // namespace splot::storage"
}
