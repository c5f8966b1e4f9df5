/** What an order costs in CPU as areas are added. */
package org.shanpai.bench.areas;
