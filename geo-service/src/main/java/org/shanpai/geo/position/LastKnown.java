package org.shanpai.geo.position;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.shanpai.contracts.GeoPoint;

/**
 * The newest believed reading of each rider this replica heard from, and what of it Redis and Kafka
 * have not got yet.
 *
 * <ul>
 *   <li>One entry a rider, whatever the flood: a newer reading replaces one that waits.
 *   <li>At most {@code capacity} riders; then the one not heard of for longest is dropped and
 *       counted.
 *   <li>Times are city time, epoch milliseconds.
 * </ul>
 *
 * Thread-safe; every method is short, searches run over all riders and serve only while Redis does
 * not.
 */
public final class LastKnown {

  /** It is not known in which cell Redis has the rider, if at all. */
  public static final long CELL_UNKNOWN = -1;

  /** Redis does not have the rider. */
  public static final long CELL_NONE = 0;

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  private final PingCheck check;
  private final int confirmations;
  private final int capacity;

  // In order of access, so that its first entry is the one not heard of for longest.
  private final LinkedHashMap<String, Entry> riders = new LinkedHashMap<>(256, 0.75f, true);
  private final ArrayDeque<Entry> unwritten = new ArrayDeque<>();
  private final ArrayDeque<Entry> unsampled = new ArrayDeque<>();
  private long dropped;

  private static final class Entry {
    final String riderId;
    Reading newest;
    Reading suspect;
    int suspicions;
    long writtenCell = CELL_UNKNOWN;
    boolean waitsForWrite;
    boolean waitsForSample;
    boolean gone;

    Entry(String riderId) {
      this.riderId = riderId;
    }

    Fix fix() {
      return new Fix(riderId, newest.place(), newest.at(), 100, null);
    }
  }

  /**
   * A reading on its way to Redis.
   *
   * @param writtenCell the cell in which Redis has the rider, {@link #CELL_NONE} or {@link
   *     #CELL_UNKNOWN}
   */
  public static final class Unwritten {
    private final Entry entry;
    private final Fix fix;
    private final long writtenCell;

    private Unwritten(Entry entry) {
      this.entry = entry;
      this.fix = entry.fix();
      this.writtenCell = entry.writtenCell;
    }

    public Fix fix() {
      return fix;
    }

    public long writtenCell() {
      return writtenCell;
    }
  }

  /**
   * @param confirmations so many readings in a row that contradict what is known but not each other
   *     are believed: what was known was wrong
   * @param capacity greatest number of riders kept
   */
  public LastKnown(PingCheck check, int confirmations, int capacity) {
    this.check = check;
    this.confirmations = confirmations;
    this.capacity = capacity;
  }

  /**
   * Takes in readings of one rider.
   *
   * @param inOrder oldest first
   * @return for each whether it is believed; false is a teleport
   */
  public synchronized boolean[] take(String riderId, List<Reading> inOrder) {
    boolean[] believed = new boolean[inOrder.size()];
    Entry entry = riders.get(riderId);
    Reading before = entry == null ? null : entry.newest;
    for (int i = 0; i < believed.length; i++) {
      Reading reading = inOrder.get(i);
      if (before != null && check.impossible(before, reading) && !confirmed(entry, reading)) {
        continue;
      }
      believed[i] = true;
      before = reading;
      if (entry == null) {
        entry = new Entry(riderId);
        makeRoom();
        riders.put(riderId, entry);
      }
      if (entry.newest == null || reading.at() > entry.newest.at()) {
        entry.newest = reading;
        entry.suspect = null;
        entry.suspicions = 0;
        queue(entry);
      }
    }
    return believed;
  }

  private boolean confirmed(Entry entry, Reading reading) {
    if (reading.at() <= entry.newest.at()) {
      return false;
    }
    if (entry.suspect != null && reading.at() <= entry.suspect.at()) {
      return false;
    }
    boolean agrees = entry.suspect != null && !check.impossible(entry.suspect, reading);
    entry.suspicions = agrees ? entry.suspicions + 1 : 1;
    entry.suspect = reading;
    return entry.suspicions >= confirmations;
  }

  private void makeRoom() {
    if (riders.size() < capacity) {
      return;
    }
    Iterator<Entry> eldest = riders.values().iterator();
    Entry victim = eldest.next();
    eldest.remove();
    victim.gone = true;
    if (victim.waitsForWrite) {
      dropped++;
    }
  }

  private void queue(Entry entry) {
    if (!entry.waitsForWrite) {
      entry.waitsForWrite = true;
      unwritten.add(entry);
    }
    if (!entry.waitsForSample) {
      entry.waitsForSample = true;
      unsampled.add(entry);
    }
  }

  /**
   * What another replica or an earlier process wrote to Redis. Moves the rider only when it is
   * newer than what is known.
   */
  public synchronized void learn(Fix fix, long cell) {
    Entry entry = riders.get(fix.riderId());
    if (entry == null) {
      if (riders.size() >= capacity) {
        return;
      }
      entry = new Entry(fix.riderId());
      riders.put(fix.riderId(), entry);
    } else if (entry.newest.at() >= fix.at()) {
      return;
    }
    entry.newest = new Reading(fix.place(), fix.at(), 0);
    entry.writtenCell = cell;
  }

  /** Takes up to that many readings that wait for Redis, longest waiting first. */
  public synchronized List<Unwritten> drainUnwritten(int most) {
    List<Unwritten> batch = new ArrayList<>(Math.min(most, unwritten.size()));
    while (batch.size() < most) {
      Entry entry = unwritten.poll();
      if (entry == null) {
        break;
      }
      entry.waitsForWrite = false;
      if (!entry.gone) {
        batch.add(new Unwritten(entry));
      }
    }
    return batch;
  }

  /** Redis has the rider in that cell. */
  public synchronized void written(Unwritten item, long cell) {
    item.entry.writtenCell = cell;
  }

  /** Nobody knows whether Redis has it; the newest reading waits again. */
  public synchronized void notWritten(Unwritten item) {
    Entry entry = item.entry;
    entry.writtenCell = CELL_UNKNOWN;
    if (!entry.gone && !entry.waitsForWrite) {
      entry.waitsForWrite = true;
      unwritten.add(entry);
    }
  }

  /** Redis lost what it had: everything that is known waits for it again. */
  public synchronized void writeAllAgain() {
    for (Entry entry : riders.values()) {
      entry.writtenCell = CELL_UNKNOWN;
      if (!entry.waitsForWrite) {
        entry.waitsForWrite = true;
        unwritten.add(entry);
      }
    }
  }

  /** Riders who moved since the last call, where they are now. */
  public synchronized List<Fix> drainUnsampled() {
    List<Fix> moved = new ArrayList<>(unsampled.size());
    Entry entry;
    while ((entry = unsampled.poll()) != null) {
      entry.waitsForSample = false;
      if (!entry.gone) {
        moved.add(entry.fix());
      }
    }
    return moved;
  }

  /** Forgets riders whose newest reading is older than that. */
  public synchronized void forgetBefore(long at) {
    riders
        .values()
        .removeIf(
            entry -> {
              entry.gone = entry.newest.at() < at;
              return entry.gone;
            });
  }

  /**
   * @return null when the rider is not known here
   */
  public synchronized Fix find(String riderId) {
    Entry entry = riders.get(riderId);
    return entry == null ? null : entry.fix();
  }

  /** Riders heard of since {@code oldest} within the radius, nearest first. */
  public synchronized List<NearFix> near(
      GeoPoint centre, double radiusMetres, int limit, long oldest) {
    double span = radiusMetres / METRES_PER_DEGREE + 1e-6;
    List<NearFix> found = new ArrayList<>();
    for (Entry entry : riders.values()) {
      GeoPoint place = entry.newest.place();
      if (entry.newest.at() >= oldest && Math.abs(place.lat() - centre.lat()) <= span) {
        double metres = centre.metresTo(place);
        if (metres <= radiusMetres) {
          found.add(new NearFix(entry.fix(), metres));
        }
      }
    }
    found.sort(NEAREST_FIRST);
    return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
  }

  /** Nearest first; equally far by id, so that an answer is the same everywhere. */
  public static final Comparator<NearFix> NEAREST_FIRST =
      Comparator.comparingDouble(NearFix::metres).thenComparing(near -> near.fix().riderId());

  /** Riders heard of since {@code oldest} whose place passes. */
  public synchronized List<Fix> where(Predicate<GeoPoint> place, long oldest) {
    List<Fix> found = new ArrayList<>();
    for (Map.Entry<String, Entry> rider : riders.entrySet()) {
      Entry entry = rider.getValue();
      if (entry.newest.at() >= oldest && place.test(entry.newest.place())) {
        found.add(entry.fix());
      }
    }
    return found;
  }

  public synchronized boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /** Riders known. */
  public synchronized int size() {
    return riders.size();
  }

  /** Riders whose newest reading waits for Redis. */
  public synchronized int waiting() {
    return unwritten.size();
  }

  /** Readings that were dropped before Redis had them, because too many riders were known. */
  public synchronized long dropped() {
    return dropped;
  }
}
