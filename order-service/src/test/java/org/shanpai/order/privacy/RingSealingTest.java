package org.shanpai.order.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.orders.Contact;

class RingSealingTest {

  private static final String PLAIN = "李女士 13912345678 南京西路 1 弄";

  private final RingSealing first = new RingSealing(ring("k1", 1));

  private static KeyRing ring(String current, int... fillers) {
    Map<String, byte[]> keys = new java.util.HashMap<>();
    for (int filler : fillers) {
      keys.put("k" + filler, filled(filler));
    }
    return new KeyRing(current, keys, filled(99));
  }

  private static byte[] filled(int filler) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filler);
    return key;
  }

  @Test
  void whatIsSealedOpensAndShowsNothing() {
    String sealed = first.seal("a/1", PLAIN);
    assertThat(sealed).startsWith("s1:k1:").doesNotContain("139").doesNotContain("李");
    assertThat(first.open("a/1", sealed)).isEqualTo(PLAIN);
    assertThat(Sealing.sealed(sealed)).isTrue();
    assertThat(Sealing.sealed(PLAIN)).isFalse();
  }

  @Test
  void bytesOpenAsTheyWere() {
    Random chance = new Random(7);
    for (int length : new int[] {0, 1, 15, 16, 17, 4096, 100_001}) {
      byte[] plain = new byte[length];
      chance.nextBytes(plain);
      assertThat(first.open("p/1", first.seal("p/1", plain))).isEqualTo(plain);
    }
  }

  @Test
  void aValueMovedToAnotherRowDoesNotOpen() {
    String sealed = first.seal("order_contact/o-1", PLAIN);
    assertThatThrownBy(() -> first.open("order_contact/o-2", sealed))
        .isInstanceOf(BrokenSeal.class)
        .hasMessageContaining("order_contact/o-2")
        .hasMessageNotContaining("139");
    byte[] bytes = first.seal("proof/1", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> first.open("proof/2", bytes)).isInstanceOf(BrokenSeal.class);
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] sealed = first.seal("p/1", new byte[] {1, 2, 3, 4});
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> first.open("p/1", changed))
          .as("byte %d", i)
          .isInstanceOf(BrokenSeal.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> first.open("p/1", cut))
          .as("cut to %d", length)
          .isInstanceOf(BrokenSeal.class);
    }
  }

  @Test
  void equalValuesAreSealedDifferentlyEachTime() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(first.seal("a/1", PLAIN))).isTrue();
    }
  }

  @Test
  void anOldKeyOnTheRingStillOpensAndTheNewOneSeals() {
    String old = first.seal("a/1", PLAIN);
    RingSealing rotated = new RingSealing(ring("k2", 1, 2));
    assertThat(rotated.open("a/1", old)).isEqualTo(PLAIN);
    String fresh = rotated.seal("a/1", PLAIN);
    assertThat(fresh).startsWith("s1:k2:");
    RingSealing oldKeyGone = new RingSealing(ring("k2", 2));
    assertThat(oldKeyGone.open("a/1", fresh)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> oldKeyGone.open("a/1", old))
        .isInstanceOf(BrokenSeal.class)
        .hasMessageContaining("key k1, which is gone");
  }

  @Test
  void hashesAreKeyedAndKnowTheirPurpose() {
    assertThat(first.hash("phone", "13912345678"))
        .hasSize(43)
        .isEqualTo(first.hash("phone", "13912345678"))
        .isNotEqualTo(first.hash("door", "13912345678"))
        .isNotEqualTo(first.hash("phone", "13912345679"))
        .isEqualTo(new RingSealing(ring("k2", 2)).hash("phone", "13912345678"));
    RingSealing otherHashKey =
        new RingSealing(new KeyRing("k1", Map.of("k1", filled(1)), filled(98)));
    assertThat(otherHashKey.hash("phone", "13912345678"))
        .isNotEqualTo(first.hash("phone", "13912345678"));
  }

  @Test
  void theSameTelephoneAndDoorAreFoundHoweverTheyAreWritten() {
    ContactSealing contacts = new ContactSealing(first);
    for (String form :
        new String[] {"+86 139 1234 5678", "8613912345678", "139-1234-5678", "0086 13912345678"}) {
      assertThat(contacts.phoneHash(form)).as(form).isEqualTo(contacts.phoneHash("13912345678"));
    }
    assertThat(contacts.phoneHash("021-55556101")).isNotEqualTo(contacts.phoneHash("55556101"));
    assertThat(contacts.doorHash("南京西路１弄 2号，301室"))
        .isEqualTo(contacts.doorHash("南京西路1弄2号301室"))
        .isNotEqualTo(contacts.doorHash("南京西路1弄2号302室"));
  }

  @Test
  void aContactOpensWholeAndOnlyForItsOrder() {
    ContactSealing contacts = new ContactSealing(first);
    Contact contact = new Contact("李女士", "13912345678", "南京西路", "按门铃", "门口柜子");
    SealedContact sealed = contacts.seal(new OrderId("o-1"), contact);
    assertThat(contacts.open(new OrderId("o-1"), sealed.sealed())).isEqualTo(contact);
    assertThatThrownBy(() -> contacts.open(new OrderId("o-2"), sealed.sealed()))
        .isInstanceOf(BrokenSeal.class);
  }
}
