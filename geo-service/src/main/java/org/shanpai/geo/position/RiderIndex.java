package org.shanpai.geo.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import org.shanpai.contracts.GeoPoint;

/**
 * Where riders are, in little memory and quick to ask: fixed-point places in plain arrays, and a
 * grid whose cells hold their riders' places side by side.
 *
 * <ul>
 *   <li>Places are kept to 1e-7°, about a centimetre.
 *   <li>A cell is 2^14 steps wide, about 180 m; {@link GridBlock} gathers 16 × 16 of them, so that
 *       a search runs past empty country in strides.
 *   <li>The nearest are found ring by ring around the centre, until nothing further out can be
 *       nearer.
 * </ul>
 *
 * Thread-safe: many may ask at once, one changes. A slot is a rider's number here; it is given to
 * another rider once the first was removed.
 */
public final class RiderIndex {

  static final int NO_SLOT = -1;
  static final int NO_BATTERY = -1;

  /** Nearest first; equally far by id, so that an answer is the same everywhere. */
  public static final Comparator<NearFix> NEAREST_FIRST =
      Comparator.comparingDouble(NearFix::metres).thenComparing(near -> near.fix().riderId());

  static final double STEPS_PER_DEGREE = 1e7;
  static final double RADIANS_PER_STEP = Math.PI / 180 / STEPS_PER_DEGREE;
  static final double METRES_PER_STEP = 6_371_008.8 * RADIANS_PER_STEP;
  static final int CELL_BITS = 14;
  static final int CELL_STEPS = 1 << CELL_BITS;
  private static final int FIRST_CAPACITY = 64;

  // Beyond what was asked, because the search ranks on a plane and the answer on the sphere.
  private static final int SPARE = 8;

  private final StampedLock lock = new StampedLock();
  final Map<Long, GridBlock> blocks = new HashMap<>();
  String[] ids = new String[FIRST_CAPACITY];
  int[] lats = new int[FIRST_CAPACITY];
  int[] lons = new int[FIRST_CAPACITY];
  private int[] spots = new int[FIRST_CAPACITY];
  long[] times = new long[FIRST_CAPACITY];
  private byte[] trusts = new byte[FIRST_CAPACITY];
  private byte[] batteries = new byte[FIRST_CAPACITY];
  // Open addressing with linear probing: slot + 1, 0 where nobody is.
  private int[] table = new int[FIRST_CAPACITY * 2];
  int used;
  private int firstFree = NO_SLOT;
  int size;

  /** Puts the rider there, whoever was known before. */
  public void put(Fix fix) {
    Integer battery = fix.batteryPercent();
    put(fix.riderId(), fix.place(), fix.at(), fix.trust(), battery == null ? NO_BATTERY : battery);
  }

  /** As {@link #put(Fix)}; the slot. */
  int put(String riderId, GeoPoint place, long at, int trust, int battery) {
    int lat = steps(place.lat());
    int lon = steps(place.lon());
    long stamp = lock.writeLock();
    try {
      int slot = lookUp(riderId);
      if (slot == NO_SLOT) {
        slot = add(riderId);
        lats[slot] = lat;
        lons[slot] = lon;
        enter(slot);
      } else if (sameCell(lat, lats[slot]) && sameCell(lon, lons[slot])) {
        lats[slot] = lat;
        lons[slot] = lon;
        int[] held = block(lat, lon).cells[cellInBlock(lat, lon)];
        held[spots[slot] + 1] = lat;
        held[spots[slot] + 2] = lon;
      } else {
        leave(slot);
        lats[slot] = lat;
        lons[slot] = lon;
        enter(slot);
      }
      times[slot] = at;
      trusts[slot] = (byte) trust;
      batteries[slot] = (byte) battery;
      return slot;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Changes only how far the rider is believed. */
  void trust(int slot, int trust) {
    long stamp = lock.writeLock();
    trusts[slot] = (byte) trust;
    lock.unlockWrite(stamp);
  }

  /** Forgets the rider, if known. */
  public void remove(String riderId) {
    long stamp = lock.writeLock();
    try {
      int slot = lookUp(riderId);
      if (slot != NO_SLOT) {
        leave(slot);
        unhash(slot);
        ids[slot] = null;
        lats[slot] = firstFree;
        firstFree = slot;
        size--;
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Riders known. */
  public int size() {
    long stamp = lock.tryOptimisticRead();
    int seen = size;
    if (lock.validate(stamp)) {
      return seen;
    }
    stamp = lock.readLock();
    try {
      return size;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * @return null when the rider is not known
   */
  public Fix find(String riderId) {
    long stamp = lock.readLock();
    try {
      int slot = lookUp(riderId);
      return slot == NO_SLOT ? null : fix(slot);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Riders heard of since {@code oldest} within the radius, nearest first, at most so many. */
  public List<NearFix> near(GeoPoint centre, double radiusMetres, int limit, long oldest) {
    NearestSearch search = new NearestSearch(this, centre, radiusMetres, limit + SPARE, oldest);
    long stamp = lock.readLock();
    try {
      search.run();
      return search.answer(limit);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** All riders heard of since {@code oldest} within the radius, in no particular order. */
  public List<Fix> within(GeoPoint centre, double radiusMetres, long oldest) {
    List<Fix> found = new ArrayList<>();
    NearestSearch all = new NearestSearch(this, centre, radiusMetres, 0, oldest);
    long stamp = lock.readLock();
    try {
      all.scan(
          slot -> {
            Fix fix = fix(slot);
            if (centre.metresTo(fix.place()) <= radiusMetres) {
              found.add(fix);
            }
          });
    } finally {
      lock.unlockRead(stamp);
    }
    return found;
  }

  // What follows is for whoever keeps more about riders beside this index, under a lock of its own.

  /** One more than the greatest slot ever given. */
  int slots() {
    return used;
  }

  int slotOf(String riderId) {
    return lookUp(riderId);
  }

  /** The very text under which the rider was put, or null when the slot is free. */
  String idAt(int slot) {
    return ids[slot];
  }

  long timeAt(int slot) {
    return times[slot];
  }

  int trustAt(int slot) {
    return trusts[slot];
  }

  /** Percent, or {@link #NO_BATTERY}. */
  int batteryAt(int slot) {
    return batteries[slot];
  }

  GeoPoint placeAt(int slot) {
    return new GeoPoint(lats[slot] / STEPS_PER_DEGREE, lons[slot] / STEPS_PER_DEGREE);
  }

  Fix fix(int slot) {
    int battery = batteries[slot];
    return new Fix(
        ids[slot],
        placeAt(slot),
        times[slot],
        trusts[slot],
        battery == NO_BATTERY ? null : (Integer) battery);
  }

  /** The place as it is kept. */
  static GeoPoint rounded(GeoPoint place) {
    return new GeoPoint(
        steps(place.lat()) / STEPS_PER_DEGREE, steps(place.lon()) / STEPS_PER_DEGREE);
  }

  static int steps(double degrees) {
    return (int) Math.round(degrees * STEPS_PER_DEGREE);
  }

  private static boolean sameCell(int a, int b) {
    return a >> CELL_BITS == b >> CELL_BITS;
  }

  static long blockKey(int row, int column) {
    return (long) (row >> GridBlock.BITS) << 32 | (column >> GridBlock.BITS) & 0xffffffffL;
  }

  private GridBlock block(int lat, int lon) {
    return blocks.get(blockKey(lat >> CELL_BITS, lon >> CELL_BITS));
  }

  private static int cellInBlock(int lat, int lon) {
    return cell(lat >> CELL_BITS, lon >> CELL_BITS);
  }

  static int cell(int row, int column) {
    return (row & GridBlock.SIDE - 1) << GridBlock.BITS | column & GridBlock.SIDE - 1;
  }

  private void enter(int slot) {
    int lat = lats[slot];
    int lon = lons[slot];
    GridBlock block =
        blocks.computeIfAbsent(
            blockKey(lat >> CELL_BITS, lon >> CELL_BITS), key -> new GridBlock());
    spots[slot] = block.add(cellInBlock(lat, lon), slot, lat, lon);
  }

  private void leave(int slot) {
    int lat = lats[slot];
    int lon = lons[slot];
    GridBlock block = block(lat, lon);
    int moved = block.remove(cellInBlock(lat, lon), spots[slot]);
    if (moved != NO_SLOT) {
      spots[moved] = spots[slot];
    }
    if (block.riders == 0) {
      blocks.remove(blockKey(lat >> CELL_BITS, lon >> CELL_BITS));
    }
  }

  private int add(String riderId) {
    int slot;
    if (firstFree != NO_SLOT) {
      slot = firstFree;
      firstFree = lats[slot];
    } else {
      if (used == ids.length) {
        grow(used + Math.max(FIRST_CAPACITY, used / 4));
      }
      slot = used++;
    }
    ids[slot] = riderId;
    size++;
    if (size * 4 > table.length * 3) {
      table = new int[table.length * 2];
      for (int other = 0; other < used; other++) {
        if (ids[other] != null) {
          hash(other);
        }
      }
    } else {
      hash(slot);
    }
    return slot;
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    lats = Arrays.copyOf(lats, capacity);
    lons = Arrays.copyOf(lons, capacity);
    spots = Arrays.copyOf(spots, capacity);
    times = Arrays.copyOf(times, capacity);
    trusts = Arrays.copyOf(trusts, capacity);
    batteries = Arrays.copyOf(batteries, capacity);
  }

  private int home(String riderId) {
    int hash = riderId.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & table.length - 1;
  }

  private int lookUp(String riderId) {
    int[] places = table;
    for (int i = home(riderId); places[i] != 0; i = i + 1 & places.length - 1) {
      if (riderId.equals(ids[places[i] - 1])) {
        return places[i] - 1;
      }
    }
    return NO_SLOT;
  }

  private void hash(int slot) {
    int i = home(ids[slot]);
    while (table[i] != 0) {
      i = i + 1 & table.length - 1;
    }
    table[i] = slot + 1;
  }

  /** Removes without leaving a mark: what follows in the run moves up to where it belongs. */
  private void unhash(int slot) {
    int mask = table.length - 1;
    int gap = home(ids[slot]);
    while (table[gap] != slot + 1) {
      gap = gap + 1 & mask;
    }
    for (int i = gap + 1 & mask; table[i] != 0; i = i + 1 & mask) {
      int home = home(ids[table[i] - 1]);
      if ((i - home & mask) >= (i - gap & mask)) {
        table[gap] = table[i];
        gap = i;
      }
    }
    table[gap] = 0;
  }
}
