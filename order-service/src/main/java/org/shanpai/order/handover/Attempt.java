package org.shanpai.order.handover;

import java.util.Set;
import org.shanpai.order.orders.HandoverCheck;

/**
 * What a rider brings to hand goods over.
 *
 * @param epoch the fencing token of the rider's assignment, or null when it is not known
 * @param code as told, or null
 * @param proofId a picture taken before, or null
 * @param dropPoint whether the goods were left at the place agreed
 * @param checked what the rider has seen at the door
 */
public record Attempt(
    CodeKind kind,
    Long epoch,
    String code,
    String proofId,
    boolean dropPoint,
    Set<HandoverCheck> checked) {

  /** A code and nothing else. */
  public static Attempt code(CodeKind kind, Long epoch, String code) {
    return new Attempt(kind, epoch, code, null, false, Set.of());
  }
}
