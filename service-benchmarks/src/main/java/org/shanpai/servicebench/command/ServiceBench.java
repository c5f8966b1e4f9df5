package org.shanpai.servicebench.command;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.shanpai.bench.CannotRun;
import org.shanpai.servers.PortTaken;
import org.shanpai.servers.ServerFailed;
import org.shanpai.servicebench.RuleBroken;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Those of the {@code ./shanpai bench} commands that measure services.
 *
 * <p>Exit codes: 0 done; 1 a result is wrong; 2 it could not run as asked.
 */
@Command(
    name = "shanpai bench",
    description = "Measures services.",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    subcommands = {GeoCommand.class, IntakeCommand.class, RiderCommand.class})
public final class ServiceBench {

  // GraphHopper's file reader is of an older protobuf, which warns once for each of its messages.
  private static final Logger PROTOBUF = Logger.getLogger("com.google.protobuf.GeneratedMessage");

  static final int RULE_BROKEN = 1;
  static final int CANNOT_RUN = 2;

  private ServiceBench() {}

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
    PROTOBUF.setLevel(Level.SEVERE);
    CommandLine line = new CommandLine(new ServiceBench());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          boolean foreseen =
              failure instanceof CannotRun
                  || failure instanceof org.shanpai.stack.CannotRun
                  || failure instanceof PortTaken
                  || failure instanceof ServerFailed
                  || failure instanceof RuleBroken;
          command.getErr().println("shanpai: " + (foreseen ? failure.getMessage() : failure));
          if (!foreseen) {
            failure.printStackTrace(command.getErr());
          }
          return failure instanceof RuleBroken ? RULE_BROKEN : CANNOT_RUN;
        });
    return line;
  }
}
