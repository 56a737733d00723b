/*
 * The user interface as the command line wants it.
 */
#ifndef CLI_UI_SETUP_H
#define CLI_UI_SETUP_H

#include "cli/options.h"
#include "cmtop/ui.h"

struct ui *ui_setup(const struct options *options); /* NULL: out of memory */

#endif
