package org.shanpai.fuzz;

import org.shanpai.stack.Program;

/**
 * Somebody with a token.
 *
 * @param name the merchant's, rider's or operator's id
 * @param role empty for somebody who has not signed in
 * @param only the one program its token is good at, or null for all
 */
record Persona(String name, String role, String token, Program only) {

  static final Persona NOBODY = new Persona("nobody", "", null, null);

  boolean goodAt(Program program) {
    return only == null || only == program;
  }
}
