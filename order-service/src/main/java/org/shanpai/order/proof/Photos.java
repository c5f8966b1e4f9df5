package org.shanpai.order.proof;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;

/** Pictures taken as proof, sealed, in the transaction of the caller. */
public interface Photos {

  /** An order has at most so many. */
  int MOST = 5;

  /**
   * Keeps a picture.
   *
   * @return false when one with that id is there already
   */
  Uni<Boolean> add(Photo photo, byte[] picture);

  Uni<Optional<Photo>> find(String proofId);

  /** The newest first. */
  Uni<List<Photo>> of(OrderId order);

  /** The picture itself; empty once erased. */
  Uni<Optional<byte[]>> picture(String proofId);
}
