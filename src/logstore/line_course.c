#include "logstore/line_course.h"

/*
 * A line that follows the last one of the file before was still written there;
 * any other that does not stand behind the newest line begins a new file.
 */
uint32_t
course_generation(struct course *course, const struct event *event)
{
	if (event->offset >= course->next[0] && !(course->generation && event->offset - course->end[1] <= 2)) {
		course->next[0] = event->offset + 1;
		course->end[0] = event->end;
		return course->generation;
	}
	if (course->generation && event->offset >= course->end[1] && event->offset - course->end[1] <= 2) {
		course->next[1] = event->offset + 1;
		course->end[1] = event->end;
		return course->generation - 1;
	}
	course->next[1] = course->next[0];
	course->end[1] = course->end[0];
	course->next[0] = event->offset + 1;
	course->end[0] = event->end;
	return ++course->generation;
}
