/* Prints what libical finds in calendar files: one line for each event, as in files/expected.tsv.
   Fails where libical sees an error, or something that RFC 5545 does not allow. */
#include <libical/ical.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static char *whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    size_t got = fread(text, 1, size, file);
    fclose(file);
    return got == (size_t)size ? text : NULL;
}

static const char *utc(struct icaltimetype moment, char *text)
{
    time_t seconds = icaltime_as_timet_with_zone(moment, moment.zone);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime(&seconds));
    return text;
}

static void print_event(char *path, icalcomponent *event)
{
    char start[32], end[32];
    printf("%s\t%s\t%s\t%s\t%s\t%d\t%s\n", basename(path), icalcomponent_get_uid(event),
           utc(icalcomponent_get_dtstart(event), start), utc(icalcomponent_get_dtend(event), end),
           icalenum_status_to_string(icalcomponent_get_status(event)), icalcomponent_get_sequence(event),
           icalcomponent_get_summary(event));
}

int main(int count, char **paths)
{
    int errors = 0;
    for (int n = 1; n < count; n++) {
        char *text = whole(paths[n]);
        icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
        if (!calendar) {
            fprintf(stderr, "%s: not a calendar\n", paths[n]);
            return 1;
        }
        icalrestriction_check(calendar);
        errors += icalcomponent_count_errors(calendar);
        if (icalcomponent_count_errors(calendar))
            fprintf(stderr, "%s\n", icalcomponent_as_ical_string(calendar));
        icalcompiter events = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
        for (icalcomponent *event; (event = icalcompiter_deref(&events)); icalcompiter_next(&events))
            print_event(paths[n], event);
        icalcomponent_free(calendar);
        free(text);
    }
    return errors > 0;
}
