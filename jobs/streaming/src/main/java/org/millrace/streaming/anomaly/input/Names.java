package org.millrace.streaming.anomaly.input;

import org.millrace.streaming.job.BadRecord;

/** What names of devices and variables may be. */
final class Names {

  /** Characters that a name may have. */
  static final int LONGEST = 512;

  /** Variables that a row may have. */
  static final int MOST_VARIABLES = 4096;

  private Names() {}

  static String device(String name) throws BadRecord {
    return checked(name, "no device", "device name too long");
  }

  static String variable(String name) throws BadRecord {
    return checked(name, "no variable", "variable name too long");
  }

  private static String checked(String name, String missing, String tooLong) throws BadRecord {
    if (name == null || name.isBlank()) {
      throw new BadRecord(missing);
    }
    if (name.length() > LONGEST) {
      throw new BadRecord(tooLong, name.length() + " characters, more than " + LONGEST);
    }
    return name;
  }
}
