// Beast, compiled once for the hub and for clients/cli (BOOST_BEAST_SEPARATE_COMPILATION).
#include <boost/beast/src.hpp>
