package org.millrace.streaming.placement.infiniband;

/** What a channel adapter is there for, as far as its description tells. */
public enum AdapterRole {
  /** Of a host that has a name of its own. */
  HOST,
  /** Of a host whose name is the one that its system came with, such as {@code localhost}. */
  UNNAMED_HOST,
  /** With the text that the maker gave it: of which host it is can only be inferred. */
  ANONYMOUS,
  /** Of a subnet or fabric manager. */
  MANAGEMENT,
  /** In a switch, for SHARP. */
  AGGREGATION
}
