# queries.sql of one slice -> storage/<slice>/sql.h: one constant per "-- name: verb_noun".
# Use: awk -v slice=boards -f embed_queries.awk queries.sql

function fail(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
    failed = 1
    exit 1
}

function close_query() {
    if (name == "") return
    if (!has_sql) fail("query " name " is empty")
    print ")splot_sql\"};"
}

BEGIN {
    if (slice == "") { print "embed_queries.awk: slice is not set" > "/dev/stderr"; failed = 1; exit 1 }
    print "// Made from storage/" slice "/queries.sql; edit that file."
    print "#pragma once"
    print "#include \"storage/postgres/query.h\"\n"
    print "namespace splot::storage::" slice "::sql {\n"
}

/^-- name:/ {
    if ($0 !~ /^-- name: [a-z][a-z0-9_]*$/) fail("expected \"-- name: verb_noun\" and nothing else on the line")
    close_query()
    name = $3
    if (name in seen) fail("a second query named " name)
    if (name == "all") fail("\"all\" is the name of the list")
    seen[name] = 1
    names[++count] = name
    has_sql = 0
    print "inline constexpr Query " name "{\"" slice "." name "\", R\"splot_sql("
    next
}

index($0, ")splot_sql\"") { fail("the text ends the string it is embedded in") }

{
    is_sql = $0 !~ /^[ \t]*(--.*)?$/
    if (name == "") {
        if (is_sql) fail("a statement without \"-- name:\"")
        next
    }
    if (is_sql) has_sql = 1
    print
}

END {
    if (failed) exit 1
    close_query()
    if (failed) exit 1
    if (count == 0) fail("no query in this file")
    print "\n/// Every query above, for the test that prepares them all."
    print "inline constexpr const Query* all[] = {"
    for (i = 1; i <= count; ++i) print "    &" names[i] ","
    print "};\n"
    print "} // namespace splot::storage::" slice "::sql"
}
