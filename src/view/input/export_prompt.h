/* Asks for the name of the file that is exported to. */
#ifndef VIEW_INPUT_EXPORT_PROMPT_H
#define VIEW_INPUT_EXPORT_PROMPT_H

#include "view/input/binding.h"

command_fn command_export;

/* The name of a file has been typed; and the answer whether to write over it. */
enum ui_effect export_typed(struct view *view);
enum ui_effect export_answer(struct view *view, int key);

#endif
