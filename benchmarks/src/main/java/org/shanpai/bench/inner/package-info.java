/** The loops inside the engine, measured with JMH. */
package org.shanpai.bench.inner;
