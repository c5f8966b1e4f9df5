package org.shanpai.stack.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.shanpai.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stack. */
@Command(
    name = "down",
    description = "Stops everything that runs over the data folder.",
    mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    Optional<Stack> stack = Stack.find(StackOptions.home(), options.data());
    if (stack.isEmpty() || !stack.get().alive()) {
      System.out.println("Nothing runs over " + options.data() + ".");
      return 0;
    }
    stack.get().close();
    System.out.println("Everything is stopped.");
    return 0;
  }
}
