/** The grab hall (抢单): riders see open jobs in reach and take them themselves. */
package org.shanpai.dispatch.hall;
