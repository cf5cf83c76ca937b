// Prints what ical.js finds in calendar files: one line for each event, as in files/expected.tsv.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import ICAL from "ical.js";

const utc = (time) => time.toJSDate().toISOString().replace(".000Z", "Z");

for (const path of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const status = component.getFirstPropertyValue("status");
    console.log([basename(path), event.uid, utc(event.startDate), utc(event.endDate), status, event.sequence, event.summary].join("\t"));
  }
}
