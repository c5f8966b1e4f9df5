/** What the operator who is signed in may do. The server decides; this only hides what it would refuse. */
let roles = [];

export function setRoles(given) {
  roles = given;
}

export const mayAct = () => roles.some((role) => role !== 'viewer');
