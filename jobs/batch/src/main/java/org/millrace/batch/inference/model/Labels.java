package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** The tokens by which a model that writes calls a step good or bad, such as + and -. */
public record Labels(String good, String bad) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Labels {
    requireNonNull(good, "good is null");
    requireNonNull(bad, "bad is null");
  }
}
