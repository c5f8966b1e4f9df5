/** Where riders were seen at their jobs, whatever they tapped. */
package org.shanpai.dispatch.fence;
