# Writes world.json as a C++ function: a raw string a line, joined when it is called.
BEGIN {
    print "#pragma once"
    print "#include <string>\n"
    print "namespace splot::demonstration {\n"
    print "inline std::string world_json() {\n    std::string text;"
}
{ printf "    text += R\"world(%s\n)world\";\n", $0 }
END { print "    return text;\n}\n\n} // namespace splot::demonstration" }
