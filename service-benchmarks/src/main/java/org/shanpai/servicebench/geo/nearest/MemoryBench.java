package org.shanpai.servicebench.geo.nearest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.ref.Reference;
import org.shanpai.bench.report.Progress;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.RiderIndex;
import org.shanpai.servicebench.geo.GeoRival;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.geo.Square;
import org.shanpai.servicebench.measure.Repetitions;

/**
 * What a rider costs in the index: the heap after full collections with an index of that many
 * riders in it, less the heap without. Ids are made for the index and counted.
 */
public final class MemoryBench implements Part {

  private static final int SECONDS_EACH = 1;
  private static final int COLLECTIONS = 3;

  private final int riders;
  private final double sideMetres;
  private final int repetitions;
  private final long seed;

  public MemoryBench(int riders, double sideMetres, int repetitions, long seed) {
    this.riders = riders;
    this.sideMetres = sideMetres;
    this.repetitions = repetitions;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public int seconds() {
    return repetitions * SECONDS_EACH;
  }

  @Override
  public void measure(ObjectNode report, Progress progress) {
    double[] bytes = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      progress.doing("memory, round %d of %d".formatted(i + 1, repetitions));
      MovingCity city = new MovingCity(riders, Square.of(sideMetres), seed + i);
      long before = usedBytes();
      RiderIndex index = new RiderIndex();
      for (int rider = 0; rider < riders; rider++) {
        index.put(new Fix(GeoRival.member(rider), city.place(rider), rider, 100, 80));
      }
      // Riders move through cells before they are counted: what that leaves behind is part of it.
      for (int rider = 0; rider < riders; rider++) {
        index.put(new Fix(GeoRival.member(rider), city.move(rider), rider, 100, 80));
      }
      bytes[i] = (usedBytes() - before) / (double) riders;
      Reference.reachabilityFence(index);
      Reference.reachabilityFence(city);
      progress.add(SECONDS_EACH);
    }
    Repetitions perRider = new Repetitions(bytes);
    report.put("bytesPerRider", Math.round(perRider.median() * 10) / 10.0);
    ObjectNode own = report.putObject(name());
    own.put("what", "heap after full collections with the index, less without; ids included");
    own.put("riders", riders);
    own.put("repetitions", repetitions);
    perRider.addTo(own, "bytesPerRider", 1);
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
