package org.millrace.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, for manifests and {@code --version}. */
public final class Version implements IVersionProvider {

  /** Such as {@code 0.1.0-SNAPSHOT}. */
  public static final String MILLRACE = load();

  private static String load() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("/org/millrace/command/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Millrace " + MILLRACE};
  }
}
