#include "forecast/heap.h"

void
heap_put(struct heap *heap, struct entry entry)
{
	uint32_t i = heap->count++;

	for (; i > 0 && entry.key < heap->at[(i - 1) / 2].key; i = (i - 1) / 2)
		heap->at[i] = heap->at[(i - 1) / 2];
	heap->at[i] = entry;
}

struct entry
heap_take(struct heap *heap)
{
	struct entry first = heap->at[0], last = heap->at[--heap->count];
	uint32_t i = 0, child;

	while ((child = 2 * i + 1) < heap->count) {
		child += child + 1 < heap->count && heap->at[child + 1].key < heap->at[child].key;
		if (last.key <= heap->at[child].key)
			break;
		heap->at[i] = heap->at[child];
		i = child;
	}
	heap->at[i] = last;
	return first;
}
