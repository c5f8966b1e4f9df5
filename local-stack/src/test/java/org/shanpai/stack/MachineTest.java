package org.shanpai.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir private Path folder;

  private Machine machine(long freeKiB) throws IOException {
    Files.writeString(
        folder.resolve("meminfo"), "MemTotal: 9999999 kB\nMemAvailable:    " + freeKiB + " kB\n");
    return new Machine(folder, folder);
  }

  private void limit(String max, long current, long cached) throws IOException {
    Files.writeString(folder.resolve("memory.max"), max + "\n");
    Files.writeString(folder.resolve("memory.current"), current + "\n");
    Files.writeString(folder.resolve("memory.stat"), "anon 5\nfile " + cached + "\n");
  }

  @Test
  void tooLittleMemoryIsOneSentence() throws IOException {
    Machine small = machine(2_000 * 1024);
    assertThatThrownBy(small::requireMemory)
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "Only 2000 MiB of memory are free and 3072 are needed; stop other programs or use a larger machine.");
  }

  @Test
  void enoughMemoryIsEnough() throws IOException {
    Machine large = machine(4_000 * 1024);
    assertThatCode(large::requireMemory).doesNotThrowAnyException();
  }

  @Test
  void limitOfAContainerCounts() throws IOException {
    Machine contained = machine(30_000 * 1024);
    limit(Long.toString(4_000L << 20), 2_500L << 20, 500L << 20);
    assertThat(contained.freeMiB()).hasValue(2_000);
    limit("max", 1, 1);
    assertThat(contained.freeMiB()).hasValue(30_000);
  }

  @Test
  void unknownMemoryStopsNobody() {
    assertThatCode(() -> new Machine(folder.resolve("none"), folder).requireMemory())
        .doesNotThrowAnyException();
  }

  @Test
  void memoryOfThisProcessIsMeasured() {
    assertThat(MemoryMeter.kib(ProcessHandle.current().pid())).isBetween(10_000L, 8_000_000L);
    assertThat(MemoryMeter.kib(-1)).isZero();
  }
}
