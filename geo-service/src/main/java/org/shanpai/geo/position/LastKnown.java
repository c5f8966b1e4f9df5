package org.shanpai.geo.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * The newest believed reading of each rider this replica heard from, how the rider's phone behaved,
 * and what of it Redis and Kafka have not got yet.
 *
 * <ul>
 *   <li>One entry a rider, whatever the flood: a newer reading replaces one that waits.
 *   <li>At most {@code capacity} riders; then the one not heard of for longest is dropped and
 *       counted.
 *   <li>Times are city time, epoch milliseconds.
 * </ul>
 *
 * Thread-safe; one changes at a time, and questions go to {@link #index()} beside it.
 */
public final class LastKnown {

  /** It is not known in which cell Redis has the rider, if at all. */
  public static final long CELL_UNKNOWN = -1;

  /** Redis does not have the rider. */
  public static final long CELL_NONE = 0;

  private static final int NOBODY = -1;

  private final PingJudge judge;
  private final int capacity;
  private final RiderIndex index = new RiderIndex();
  private final SlotQueue unwritten = new SlotQueue();
  private final SlotQueue unsampled = new SlotQueue();

  // By the index's slots. The links make a list in order of hearing, so that the first is the one
  // not heard of for longest.
  private Conduct[] conducts = new Conduct[0];
  private long[] writtenCells = new long[0];
  private int[] before = new int[0];
  private int[] after = new int[0];
  private int first = NOBODY;
  private int last = NOBODY;
  private long dropped;

  /**
   * A reading on its way to Redis.
   *
   * @param writtenCell the cell in which Redis has the rider, {@link #CELL_NONE} or {@link
   *     #CELL_UNKNOWN}
   */
  public record Unwritten(Fix fix, long writtenCell, int slot) {}

  /**
   * @param capacity greatest number of riders kept
   */
  public LastKnown(PingJudge judge, int capacity) {
    this.judge = judge;
    this.capacity = capacity;
  }

  /** Where riders are, for questions. */
  public RiderIndex index() {
    return index;
  }

  /**
   * Counts a request of the rider against a share.
   *
   * @param wallNow wall time, epoch milliseconds
   * @param everyMillis one request each that long, for ever
   * @param burst so many at once
   * @return wall milliseconds to wait before the request would be taken, 0 when it is
   */
  public synchronized long admit(String riderId, long wallNow, long everyMillis, int burst) {
    int slot = index.slotOf(riderId);
    if (slot == RiderIndex.NO_SLOT) {
      return 0;
    }
    Conduct conduct = conduct(slot);
    long used = Math.max(conduct.quotaUsedUntil, wallNow) + everyMillis;
    long tooMuch = used - wallNow - burst * everyMillis;
    if (tooMuch > 0) {
      return tooMuch;
    }
    conduct.quotaUsedUntil = used;
    return 0;
  }

  /**
   * Takes in readings of one rider.
   *
   * @param told in any order, by the phone's clock
   * @param now city time
   * @return one judgement for each, oldest first
   */
  synchronized List<Judgement> take(String riderId, Phone phone, List<Reading> told, long now) {
    int slot = index.slotOf(riderId);
    boolean known = slot != RiderIndex.NO_SLOT;
    Conduct conduct = known ? conduct(slot) : new Conduct();
    Reading newest = known ? newest(slot, conduct) : null;
    List<Judgement> judgements = judge.judge(conduct, newest, phone, told, now);
    Judgement to = null;
    for (Judgement judgement : judgements) {
      to = judgement.moves() ? judgement : to;
    }
    int trust = conduct.trust.value();
    if (to != null) {
      if (!known) {
        makeRoom();
      }
      Integer battery = phone.batteryPercent();
      slot =
          index.put(
              known ? index.idAt(slot) : riderId,
              to.reading().place(),
              to.reading().at(),
              trust,
              battery != null ? battery : known ? index.batteryAt(slot) : RiderIndex.NO_BATTERY);
      if (!known) {
        settle(slot, conduct, CELL_UNKNOWN);
      }
      heard(slot);
      queue(slot);
    } else if (known && trust != index.trustAt(slot)) {
      index.trust(slot, trust);
      queue(slot);
    }
    return judgements;
  }

  private Reading newest(int slot, Conduct conduct) {
    return new Reading(
        0, 0, index.placeAt(slot), index.timeAt(slot), conduct.accuracyMetres, Double.NaN, false);
  }

  private Conduct conduct(int slot) {
    if (conducts[slot] == null) {
      conducts[slot] = new Conduct();
      conducts[slot].trust.carryOver(index.trustAt(slot), index.timeAt(slot));
    }
    return conducts[slot];
  }

  /** What makes up a rider's trust; null when the rider is not known here. */
  public synchronized TrustReport trust(String riderId) {
    int slot = index.slotOf(riderId);
    if (slot == RiderIndex.NO_SLOT) {
      return null;
    }
    Conduct conduct = conduct(slot);
    return new TrustReport(riderId, conduct.trust.value(), conduct.readings, conduct.trust.marks());
  }

  private void makeRoom() {
    if (index.size() >= capacity) {
      if (unwritten.wants(first)) {
        dropped++;
      }
      drop(first);
    }
  }

  private void drop(int slot) {
    unlink(slot);
    unwritten.forget(slot);
    unsampled.forget(slot);
    conducts[slot] = null;
    index.remove(index.idAt(slot));
  }

  /** A slot has a new rider. */
  private void settle(int slot, Conduct conduct, long writtenCell) {
    if (slot >= conducts.length) {
      int length = Math.max(64, slot + 1 + slot / 4);
      conducts = Arrays.copyOf(conducts, length);
      writtenCells = Arrays.copyOf(writtenCells, length);
      before = Arrays.copyOf(before, length);
      after = Arrays.copyOf(after, length);
    }
    conducts[slot] = conduct;
    writtenCells[slot] = writtenCell;
    link(slot);
  }

  private void link(int slot) {
    before[slot] = last;
    after[slot] = NOBODY;
    if (last == NOBODY) {
      first = slot;
    } else {
      after[last] = slot;
    }
    last = slot;
  }

  private void unlink(int slot) {
    if (before[slot] == NOBODY) {
      first = after[slot];
    } else {
      after[before[slot]] = after[slot];
    }
    if (after[slot] == NOBODY) {
      last = before[slot];
    } else {
      before[after[slot]] = before[slot];
    }
  }

  private void heard(int slot) {
    if (slot != last) {
      unlink(slot);
      link(slot);
    }
  }

  private void queue(int slot) {
    unwritten.add(slot);
    unsampled.add(slot);
  }

  /**
   * What another replica or an earlier process wrote to Redis. Moves the rider only when it is
   * newer than what is known.
   */
  public synchronized void learn(Fix fix, long cell) {
    int slot = index.slotOf(fix.riderId());
    if (slot == RiderIndex.NO_SLOT) {
      if (index.size() >= capacity) {
        return;
      }
      index.put(fix);
      settle(index.slotOf(fix.riderId()), null, cell);
    } else if (index.timeAt(slot) < fix.at()) {
      index.put(fix);
      writtenCells[slot] = cell;
    }
  }

  /** Takes up to that many readings that wait for Redis, longest waiting first. */
  public synchronized List<Unwritten> drainUnwritten(int most) {
    List<Unwritten> batch = new ArrayList<>(Math.min(most, unwritten.size()));
    int slot;
    while (batch.size() < most && (slot = unwritten.poll()) != NOBODY) {
      batch.add(new Unwritten(index.fix(slot), writtenCells[slot], slot));
    }
    return batch;
  }

  /** Redis has the rider in that cell. */
  public synchronized void written(Unwritten item, long cell) {
    if (stillThere(item)) {
      writtenCells[item.slot] = cell;
    }
  }

  /** Nobody knows whether Redis has it; the newest reading waits again. */
  public synchronized void notWritten(Unwritten item) {
    if (stillThere(item)) {
      writtenCells[item.slot] = CELL_UNKNOWN;
      unwritten.add(item.slot);
    }
  }

  /** The text is the very one, not an equal one: the rider was not dropped and heard of again. */
  @SuppressWarnings("StringEquality")
  private boolean stillThere(Unwritten item) {
    return index.idAt(item.slot) == item.fix.riderId();
  }

  /** Redis lost what it had: everything that is known waits for it again. */
  public synchronized void writeAllAgain() {
    for (int slot = first; slot != NOBODY; slot = after[slot]) {
      writtenCells[slot] = CELL_UNKNOWN;
      unwritten.add(slot);
    }
  }

  /** Up to that many riders who changed since they were last taken, as they are now. */
  public synchronized List<Fix> drainUnsampled(int most) {
    List<Fix> moved = new ArrayList<>(Math.min(most, unsampled.size()));
    int slot;
    while (moved.size() < most && (slot = unsampled.poll()) != NOBODY) {
      moved.add(index.fix(slot));
    }
    return moved;
  }

  /** Forgets riders whose newest reading is older than that. */
  public synchronized void forgetBefore(long at) {
    for (int slot = first; slot != NOBODY; ) {
      int next = after[slot];
      if (index.timeAt(slot) < at) {
        drop(slot);
      }
      slot = next;
    }
  }

  /**
   * @return null when the rider is not known here
   */
  public Fix find(String riderId) {
    return index.find(riderId);
  }

  /** Riders heard of since {@code oldest} within the radius, nearest first. */
  public List<NearFix> near(GeoPoint centre, double radiusMetres, int limit, long oldest) {
    return index.near(centre, radiusMetres, limit, oldest);
  }

  public synchronized boolean hasUnwritten() {
    return unwritten.size() > 0;
  }

  /** Riders known. */
  public int size() {
    return index.size();
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
