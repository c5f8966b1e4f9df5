package org.shanpai.geo.travel.streets;

import com.graphhopper.GraphHopper;
import com.graphhopper.config.CHProfile;
import com.graphhopper.config.Profile;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.EncodedValueLookup;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.ev.Subnetwork;
import com.graphhopper.routing.util.AllEdgesIterator;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.util.PMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads a street file with GraphHopper, or the graph that was made from the same file before.
 *
 * <p>A cached graph is known by the hash of its file and the settings that shaped it. One that
 * cannot be read is made anew; a cache that cannot be written costs only the next start.
 */
final class StreetImport {

  private static final Logger LOG = Logger.getLogger(StreetImport.class);

  private static final String FOLDER = "streets-";
  private static final String COMPLETE = "complete";

  /**
   * Raised whenever the profile's rules change, so that graphs made by older rules are not used.
   */
  private static final int RULES = 1;

  private final Path file;
  private final Path cacheFolder;
  private final double planSpeedKmh;
  private final int leastStreets;
  private final Consumer<String> stage;

  /**
   * @param file .pbf, .osm, .osm.gz or .osm.zip
   * @param cacheFolder null: no graph is kept
   * @param leastStreets a part of the network with fewer streets does not count
   * @param stage is told what is being done
   */
  StreetImport(
      Path file, Path cacheFolder, double planSpeedKmh, int leastStreets, Consumer<String> stage) {
    this.file = file;
    this.cacheFolder = cacheFolder;
    this.planSpeedKmh = planSpeedKmh;
    this.leastStreets = leastStreets;
    this.stage = stage;
  }

  /**
   * @throws StreetFileUnusable in one sentence
   */
  BaseStreets read() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw unusable("is missing or cannot be read", null);
    }
    stage.accept("hashing the file");
    String hash = hash();
    Path folder =
        cacheFolder == null
            ? null
            : cacheFolder.resolve(
                "%s%s-%d-%s-%d"
                    .formatted(FOLDER, hash.substring(0, 16), RULES, planSpeedKmh, leastStreets));
    GraphHopper hopper = folder == null ? made(null) : cachedOrMade(folder);
    EncodedValueLookup values = hopper.getEncodingManager();
    if (!anyOpen(hopper.getBaseGraph(), values.getBooleanEncodedValue(EBikeAccess.NAME))) {
      hopper.close();
      throw unusable("has no street that an e-bike may use", null);
    }
    return new BaseStreets(
        hopper.getBaseGraph(),
        hopper.getLocationIndex(),
        hopper.createWeighting(hopper.getProfile(EBikeProfile.NAME), new PMap()),
        values.getBooleanEncodedValue(EBikeAccess.NAME),
        values.getBooleanEncodedValue(Subnetwork.key(EBikeProfile.NAME)),
        values.getEnumEncodedValue(RoadClass.KEY, RoadClass.class),
        hopper.getCHGraphs().get(EBikeProfile.NAME),
        hash);
  }

  private static boolean anyOpen(BaseGraph graph, BooleanEncodedValue access) {
    AllEdgesIterator street = graph.getAllEdges();
    while (street.next()) {
      if (street.get(access) || street.getReverse(access)) {
        return true;
      }
    }
    return false;
  }

  private GraphHopper cachedOrMade(Path folder) {
    if (Files.exists(folder.resolve(COMPLETE))) {
      try {
        stage.accept("reading the graph kept in " + folder);
        return made(folder);
      } catch (RuntimeException e) {
        LOG.warnf(
            "The street graph kept in %s cannot be read and is made anew: %s", folder, reason(e));
      }
    }
    try {
      delete(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      LOG.warnf("No street graph can be kept in %s: %s", folder, e);
      return made(null);
    }
    GraphHopper hopper = made(folder);
    try {
      Files.createFile(folder.resolve(COMPLETE));
      deleteOthers(folder);
    } catch (IOException e) {
      LOG.warnf("The folder of street graphs %s cannot be tidied: %s", cacheFolder, e);
    }
    return hopper;
  }

  private GraphHopper made(Path folder) {
    GraphHopper hopper = new Reporting();
    try {
      hopper.setImportRegistry(EBikeProfile.registry());
      hopper.setEncodedValuesString(EBikeProfile.VALUES);
      Profile profile = EBikeProfile.at(planSpeedKmh);
      hopper.setProfiles(profile);
      hopper.getCHPreparationHandler().setCHProfiles(new CHProfile(profile.getName()));
      hopper.setMinNetworkSize(leastStreets);
      hopper.setOSMFile(file.toString());
      hopper.setStoreOnFlush(folder != null);
      hopper.setGraphHopperLocation(folder == null ? "in memory" : folder.toString());
      return hopper.importOrLoad();
    } catch (RuntimeException e) {
      hopper.close();
      throw unusable("is not a street file: " + reason(e), e);
    }
  }

  /** GraphHopper that says what it is at. */
  private final class Reporting extends GraphHopper {

    @Override
    protected void importOSM() {
      stage.accept("reading crossings and streets");
      super.importOSM();
    }

    @Override
    protected void postImportOSM() {
      stage.accept("putting %,d streets in order".formatted(getBaseGraph().getEdges()));
      super.postImportOSM();
    }

    @Override
    protected void loadOrPrepareCH(boolean closeEarly) {
      stage.accept("contracting %,d crossings".formatted(getBaseGraph().getNodes()));
      super.loadOrPrepareCH(closeEarly);
    }
  }

  private StreetFileUnusable unusable(String why, Throwable cause) {
    return new StreetFileUnusable(
        "The street file %s %s; name an OpenStreetMap extract (.pbf, .osm, .osm.gz) in shanpai.geo.streets.file and start again."
            .formatted(file, why),
        cause);
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
  }

  private String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw unusable("cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Graphs of other files or rules, which nobody asks for any more. */
  private void deleteOthers(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(cacheFolder)) {
      for (Path other : (Iterable<Path>) all::iterator) {
        if (!other.equals(folder) && other.getFileName().toString().startsWith(FOLDER)) {
          delete(other);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> all = Files.walk(folder)) {
      inside = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path one : inside) {
      Files.deleteIfExists(one);
    }
  }
}
