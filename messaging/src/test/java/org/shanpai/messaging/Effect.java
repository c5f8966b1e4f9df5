package org.shanpai.messaging;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a handler of these tests leaves behind. */
@Entity
@Table(name = "effect")
public class Effect {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  String what;
}
