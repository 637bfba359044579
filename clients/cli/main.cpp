#include "clients/cli/run.h"

#include <exception>
#include <iostream>

int main(int count, char** words) {
    try {
        return splot::cli::run({words + 1, words + count});
    } catch (const std::exception& error) {
        std::cerr << "splot: " << error.what() << '\n';
        return 1;
    }
}
