package org.shanpai.stack.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs. */
@Command(
    name = "status",
    description = "Says what runs over the data folder; exit code 1 unless everything does.",
    mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    Optional<Stack> found = Stack.find(StackOptions.home(), options.data());
    if (found.isEmpty()) {
      System.out.println("Nothing was ever started over " + options.data() + ".");
      return Shanpai.FAILED;
    }
    Stack stack = found.get();
    stack.all().values().forEach(server -> System.out.println(server.describe()));
    boolean all = stack.all().values().stream().allMatch(server -> server.alive());
    if (all) {
      System.out.println("Control room: " + stack.ports().url(Program.CONTROL_ROOM));
    }
    return all ? 0 : Shanpai.FAILED;
  }
}
