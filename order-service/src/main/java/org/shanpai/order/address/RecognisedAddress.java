package org.shanpai.order.address;

import java.util.List;
import java.util.Optional;

/**
 * What a pasted text says. Personal data: never in a log line, an event or a table.
 *
 * @param parts in the order of {@link AddressPart}, at most one of each but {@code REMARKS}
 * @param confidence 0–100: how sure it is that the parts, as they stand, lead to one door
 * @param missing what must be asked for, the most needed first; empty when nothing is
 */
public record RecognisedAddress(
    List<RecognisedPart> parts,
    List<RecognisedPhone> phones,
    int confidence,
    List<MissingPart> missing) {

  /** The part of that kind; the first of several remarks. */
  public Optional<RecognisedPart> part(AddressPart kind) {
    return parts.stream().filter(part -> part.part() == kind).findFirst();
  }

  /** The value of the part of that kind, or null. */
  public String value(AddressPart kind) {
    return part(kind).map(RecognisedPart::value).orElse(null);
  }

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "RecognisedAddress[…]";
  }
}
