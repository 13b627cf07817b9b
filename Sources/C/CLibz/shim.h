#pragma once
// Makes input pointers const.
#define ZLIB_CONST
#include <zlib.h>
