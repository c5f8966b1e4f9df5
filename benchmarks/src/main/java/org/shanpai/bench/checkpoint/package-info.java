/** One decision for a whole city under several wall budgets. */
package org.shanpai.bench.checkpoint;
