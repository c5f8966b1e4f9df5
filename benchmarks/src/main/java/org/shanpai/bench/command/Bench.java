package org.shanpai.bench.command;

import org.shanpai.bench.CannotRun;
import org.shanpai.bench.mdrp.RuleBroken;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code ./shanpai bench} command.
 *
 * <p>Exit codes: 0 done; 1 a result broke one of its rules; 2 it could not run as asked.
 */
@Command(
    name = "shanpai bench",
    description = "Measures the dispatch engine.",
    footer = {"", "shanpai bench geo measures the geo service; see shanpai bench geo --help."},
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    subcommands = {
      MdrpCommand.class,
      CheckpointCommand.class,
      PeersCommand.class,
      AreasCommand.class,
      InnerCommand.class,
      TablesCommand.class
    })
public final class Bench {

  static final int RULE_BROKEN = 1;
  static final int CANNOT_RUN = 2;

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command and returns its exit code. */
  static int run(String... arguments) {
    if (arguments.length == 0) {
      commandLine().usage(System.out);
      return 0;
    }
    return commandLine().execute(arguments);
  }

  /** What a failed command ends with. */
  static int exitCode(Exception failure) {
    return failure instanceof RuleBroken ? RULE_BROKEN : CANNOT_RUN;
  }

  private static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          int code = exitCode(failure);
          boolean foreseen = failure instanceof CannotRun || failure instanceof RuleBroken;
          command
              .getErr()
              .println("shanpai: " + (foreseen ? failure.getMessage() : failure.toString()));
          if (!foreseen) {
            failure.printStackTrace(command.getErr());
          }
          return code;
        });
    return line;
  }
}
