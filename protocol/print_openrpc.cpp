// splot_openrpc: prints openrpc.json, so that clients are generated without a running hub.
#include "protocol/openrpc.h"

#include <iostream>

int main() { std::cout << splot::openrpc_document("0.1") << '\n'; }
