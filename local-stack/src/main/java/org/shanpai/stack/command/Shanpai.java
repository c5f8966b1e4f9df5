package org.shanpai.stack.command;

import org.shanpai.servers.PortTaken;
import org.shanpai.servers.ServerFailed;
import org.shanpai.stack.CannotRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code ./shanpai} command.
 *
 * <p>Exit codes: 0 all is well; 1 a run broke one of its invariants; 2 it could not run as asked.
 */
@Command(
    name = "shanpai",
    description = "Shanpai on this machine: the whole stack, and a simulated city that uses it.",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    subcommands = {Demo.class, Up.class, Down.class, Status.class, Fuzz.class})
public final class Shanpai {

  static final int FAILED = 1;
  static final int CANNOT_RUN = 2;

  private Shanpai() {}

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

  private static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Shanpai());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          boolean foreseen =
              failure instanceof CannotRun
                  || failure instanceof PortTaken
                  || failure instanceof ServerFailed;
          command.getErr().println("shanpai: " + (foreseen ? failure.getMessage() : failure));
          if (!foreseen) {
            failure.printStackTrace(command.getErr());
          }
          return CANNOT_RUN;
        });
    return line;
  }
}
