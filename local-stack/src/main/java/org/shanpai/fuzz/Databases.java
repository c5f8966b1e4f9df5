package org.shanpai.fuzz;

import java.sql.Connection;
import java.sql.SQLException;
import org.shanpai.stack.Program;

/** Opens a connection to a program's database. */
interface Databases {
  Connection connect(Program program) throws SQLException;
}
