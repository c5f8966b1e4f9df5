package org.shanpai.bench.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.areas.AreasSection;
import org.shanpai.bench.checkpoint.CheckpointSection;
import org.shanpai.bench.geo.GeoSection;
import org.shanpai.bench.inner.InnerSection;
import org.shanpai.bench.intake.IntakeSection;
import org.shanpai.bench.mdrp.MdrpSection;
import org.shanpai.bench.peers.PeersSection;
import org.shanpai.bench.report.Section;
import org.shanpai.bench.report.Tables;
import org.shanpai.bench.rider.RiderSection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench tables}: BENCHMARKS.md from the raw results. */
@Command(
    name = "tables",
    description = "Writes BENCHMARKS.md and its plots from the raw results.",
    mixinStandardHelpOptions = true)
final class TablesCommand implements Callable<Integer> {

  /** In the order of their appearance. */
  private static final List<Section> SECTIONS =
      List.of(
          new MdrpSection(),
          new CheckpointSection(),
          new PeersSection(),
          new AreasSection(),
          new InnerSection(),
          new GeoSection(),
          new IntakeSection(),
          new RiderSection());

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "${sys:shanpai.home:-.}/benchmarks/results",
      description = "Folder of raw results.")
  private Path results;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      defaultValue = "${sys:shanpai.home:-.}/benchmarks/plots",
      description = "Folder for the plots.")
  private Path plots;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "${sys:shanpai.home:-.}/BENCHMARKS.md",
      description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    int shown = new Tables(SECTIONS).write(results, plots, out);
    System.out.printf("%s shows %d raw results.%n", out, shown);
    return 0;
  }
}
